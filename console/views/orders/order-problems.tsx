import type { OrderDetails } from '../../../cli/console/console-api';
import { explainOrder } from '../../model/explain-order';
import { formatDuration } from '../../model/format';
import type { Tone } from '../../model/tone';
import { Icon } from '../../parts/icon';
import { Time } from '../../parts/time';

/** Why an order was rejected or waits, where its messages are, and which commands wait. */
export function OrderProblems({ details }: { readonly details: OrderDetails }) {
  const explanation = explainOrder(details);
  if (!explanation) return null;
  const { deadLetters, pendingCommands } = details;
  const tone = toneOfProblem(details);
  return (
    <section class={`box ${tone}`} aria-label="Why">
      <Icon name={tone} />
      <div>
        <strong>{explanation.text}</strong>
        {explanation.errors.length > 0 && (
          <ul class="errors">{explanation.errors.map(({ path, message }) => <li key={path + message}><code>{path || '/'}</code> {message}</li>)}</ul>
        )}
        {deadLetters.map(({ messageId, queue, reason, age }) => (
          <p key={messageId}><a href="#/dead-letters">{queue}</a>: {reason} · {formatDuration(age)} old</p>
        ))}
        {pendingCommands.map(({ command, sequence, until }) => (
          <p key={sequence}>{command}, number {sequence}{until && <>, waits until <Time at={until} /></>}</p>
        ))}
      </div>
    </section>
  );
}

function toneOfProblem({ summary: { status }, deadLetters }: OrderDetails): Tone {
  if (status === 'CANCELLED') return 'neutral';
  return status === 'REJECTED' || deadLetters.length > 0 ? 'bad' : 'busy';
}
