import { useEffect, useRef } from 'preact/hooks';
import type { PipelineResource } from '../../../cli/console/console-api';
import { resourceState } from '../../model/resource-state';
import { fragmentOf } from '../../model/route';
import { wordsOf } from '../../model/words';
import { CopyButton } from '../../parts/copy-button';
import { Icon } from '../../parts/icon';
import { description, status } from '../../state/live';

/** One resource: its names, its numbers, and what it sends to and receives from. */
export function ResourceDetails({ resource }: { readonly resource: PipelineResource }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: false }), []);
  const { edges, resources } = description.value!;
  const linked = (ids: readonly string[]) => resources.filter(({ id }) => ids.includes(id));
  const { kind, part, physicalId, label, url, id } = resource;
  return (
    <section class="panel" aria-labelledby="resource-title">
      <div class="title">
        <h2 id="resource-title" ref={heading} tabIndex={-1}><Icon name={kind} />{label}</h2>
        <a class="button quiet" href={fragmentOf('pipeline')} aria-label={`Close the details of ${label}`}><Icon name="close" /></a>
      </div>
      <dl class="facts">
        <dt>Kind</dt><dd>{kind.toLowerCase().replaceAll('_', ' ')} of {wordsOf(part)}</dd>
        <Numbers resource={resource} />
        <dt>In AWS</dt>
        <dd class="name">
          <code>{physicalId}</code> <CopyButton label="Copy" what="the name" text={physicalId} />
          {url && <a href={url} target="_blank" rel="noreferrer">Open in the AWS console</a>}
        </dd>
        <Links title="Receives from" resources={linked(edges.filter(({ to }) => to === id).map(({ from }) => from))} />
        <Links title="Sends to" resources={linked(edges.filter(({ from }) => from === id).map(({ to }) => to))} />
      </dl>
    </section>
  );
}

function Numbers({ resource }: { readonly resource: PipelineResource }) {
  const { text, deadLetters } = resourceState(resource, status.value);
  const { deadLetterQueue, kind } = resource;
  const errors = status.value?.functionErrors[resource.id];
  return (
    <>
      {kind === 'FUNCTION' && <><dt>Errors</dt><dd>{errorText(errors)}</dd></>}
      {kind === 'QUEUE' && <><dt>Messages</dt><dd>{text || 'not known'}</dd></>}
      {deadLetterQueue && (
        <>
          <dt>Dead letters</dt>
          <dd>{deadLetters === 0 ? 'none' : <a href={fragmentOf('dead-letters')}>{deadLetters} in {deadLetterQueue.name}</a>}</dd>
        </>
      )}
    </>
  );
}

const errorText = (errors: number | undefined): string =>
  (errors === undefined ? 'not known here' : `${errors === 0 ? 'none' : errors} in the last five minutes`);

interface LinksProps {
  readonly title: string;
  readonly resources: readonly PipelineResource[];
}

const Links = ({ title, resources }: LinksProps) => (resources.length === 0 ? null : (
  <><dt>{title}</dt><dd class="links">{resources.map(({ id, label }) => <a key={id} href={fragmentOf('pipeline', id)}>{label}</a>)}</dd></>
));
