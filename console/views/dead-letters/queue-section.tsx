import { useState } from 'preact/hooks';
import type { Redrive } from './use-redrive';
import type { DeadLetter, DeadLetterList } from '../../../cli/console/console-api';
import { formatCount, formatDuration } from '../../model/format';
import { ActionButton } from '../../parts/action-button';
import { OrderLink } from '../../parts/order-link';
import { StatusBadge } from '../../parts/status-badge';
import { VirtualTable, type Column } from '../../parts/virtual-table';
import { description } from '../../state/live';

type Queue = DeadLetterList['queues'][number];

interface QueueSectionProps {
  readonly queue: Queue;
  /** The IDs of messages that were redriven before. */
  readonly returned: ReadonlySet<string>;
  readonly redrive: Redrive;
}

const BEING_READ = 'could be read; the others are being received, and are read again.';

/** The messages of a queue, some of which can be selected. */
export function QueueSection({ queue: { queue, count, redrivable, notRedrivable, messages, hasMore }, returned, redrive }: QueueSectionProps) {
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const selected = messages.filter(({ messageId }) => checked.has(messageId)).map(({ messageId }) => messageId);
  const canRedrive = redrivable && description.value!.allowsChanges;
  const toggle = (id: string) => setChecked((before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]));
  const start = (messageIds?: readonly string[]) => redrive.start({ queue, ...(messageIds ? { messageIds } : {}) });
  const shown = COLUMNS(returned);
  const columns = canRedrive ? [selection(checked, toggle), ...shown, action(redrive.isBusy, (id) => start([id]))] : shown;
  return (
    <section aria-label={`Dead-letter queue ${queue}`} class="queue">
      <div class="title">
        <h2>{queue} <span class="count">{count}<span class="unseen"> messages</span></span></h2>
        {canRedrive && (
          <div class="actions">
            <ActionButton isBusy={redrive.isBusy} disabled={selected.length === 0} onClick={() => start(selected)}>
              {selected.length === 0 ? 'Redrive selected' : `Redrive ${selected.length} selected`}
            </ActionButton>
            <ActionButton isBusy={redrive.isBusy} onClick={() => start()}>Redrive queue</ActionButton>
          </div>
        )}
      </div>
      {!redrivable && <p class="hint">Not redrivable: {notRedrivable}</p>}
      <VirtualTable label={`Messages in ${queue}`} rows={messages} columns={columns} keyOf={({ messageId }) => messageId} />
      {hasMore && <p class="hint">{messages.length} of {formatCount(count, 'message')} {messages.length < 200 ? BEING_READ : 'are listed.'}</p>}
    </section>
  );
}

const COLUMNS = (returned: ReadonlySet<string>): readonly Column<DeadLetter>[] => [
  {
    title: 'Order',
    cell: ({ orderId, tenant, messageId }) =>
      (orderId ? <OrderLink orderId={orderId} tenant={tenant} /> : <span class="id" title={messageId}>no order</span>),
  },
  {
    title: 'Reason',
    kind: 'reason',
    cell: ({ reason, messageId }) => <>{returned.has(messageId) && <StatusBadge status="came back" tone="bad" />} {reason}</>,
  },
  { title: 'Age', kind: 'number', cell: ({ age }) => formatDuration(age) },
  // Lists of this page count as well.
  { title: 'Receives', kind: 'number', cell: ({ receiveCount }) => receiveCount },
  { title: 'Correlation ID', kind: 'wide id', cell: ({ correlationId }) => correlationId ?? '' },
];

const selection = (checked: ReadonlySet<string>, toggle: (id: string) => void): Column<DeadLetter> => ({
  title: 'Select',
  kind: 'check',
  cell: ({ messageId, orderId }) => (
    <input
      type="checkbox" aria-label={`Select the message about ${orderId ?? messageId}`} checked={checked.has(messageId)}
      onChange={() => toggle(messageId)}
    />
  ),
});

const action = (isBusy: boolean, redrive: (id: string) => void): Column<DeadLetter> => ({
  title: 'Action',
  kind: 'check',
  cell: ({ messageId, orderId }) => (
    <ActionButton class="small" isBusy={isBusy} onClick={() => redrive(messageId)}>
      Redrive<span class="unseen"> the message about {orderId ?? messageId}</span>
    </ActionButton>
  ),
});
