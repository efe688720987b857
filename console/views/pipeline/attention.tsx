import type { PipelineStatus } from '../../../cli/console/console-api';
import { fragmentOf } from '../../model/route';
import { Icon } from '../../parts/icon';
import { status } from '../../state/live';

/** What needs attention, the most urgent first, or that nothing does. */
export function Attention() {
  if (!status.value) return null;
  const { attention } = status.value;
  return (
    <section aria-label="Needs attention" class="attention">
      {attention.length === 0
        ? <p class="result-line good" role="status"><Icon name="good" />Nothing needs attention</p>
        : <div role="status"><ul>{attention.map((each) => <AttentionItem key={each.text} {...each} />)}</ul></div>}
    </section>
  );
}

const AttentionItem = ({ text, view, resource }: PipelineStatus['attention'][number]) => (
  <li><a class="box bad" href={fragmentOf(view, view === 'pipeline' ? resource : undefined)}><Icon name="bad" /><span>{text}</span></a></li>
);
