import { useMemo } from 'preact/hooks';
import type { PipelineResource } from '../../../cli/console/console-api';
import { resourceState } from '../../model/resource-state';
import { fragmentOf } from '../../model/route';
import { wordsOf } from '../../model/words';
import { Icon } from '../../parts/icon';
import { description, status } from '../../state/live';

/** The resources by part, with the same numbers as the picture. */
export function ResourceList({ selected }: { readonly selected: string | undefined }) {
  const isNarrow = useMemo(() => matchMedia('(max-width: 640px)').matches, []);
  const byPart = Map.groupBy(description.value!.resources, ({ part }) => part);
  return (
    <details class="resources" open={isNarrow}>
      <summary>Resources as a list</summary>
      <div class="columns">
        {[...byPart].map(([part, resources]) => (
          <section key={part} aria-label={wordsOf(part)}>
            <h2>{wordsOf(part)}</h2>
            <ul>{resources.map((resource) => <ResourceItem key={resource.id} resource={resource} isSelected={resource.id === selected} />)}</ul>
          </section>
        ))}
      </div>
    </details>
  );
}

function ResourceItem({ resource, isSelected }: { readonly resource: PipelineResource; readonly isSelected: boolean }) {
  const { tone, text } = resourceState(resource, status.value);
  return (
    <li>
      <a href={fragmentOf('pipeline', resource.id)} aria-current={isSelected ? 'true' : undefined}><Icon name={resource.kind} />{resource.label}</a>
      <span class={`text ${tone}`}>{text}</span>
    </li>
  );
}
