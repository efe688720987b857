import { useState } from 'preact/hooks';
import type { OrderEvent } from '../../../cli/console/console-api';
import { fragmentOf } from '../../model/route';
import { toneOfEvent } from '../../model/tone';
import { wordsOf } from '../../model/words';
import { JsonText } from '../../parts/json-text';
import { memo } from '../../parts/memo';
import { OrderLink } from '../../parts/order-link';
import { StatusBadge } from '../../parts/status-badge';
import { Time } from '../../parts/time';

interface EventRowProps {
  readonly event: OrderEvent;
  /** The time since the event before, in words. */
  readonly after?: string;
  /** Whether the order is known from what is around the row. */
  readonly withoutOrder?: boolean;
}

/** An event with its contents, which are drawn when they are opened. */
export const EventRow = memo(({ event, after, withoutOrder }: EventRowProps) => {
  const [isOpen, setOpen] = useState(false);
  const { type, at, orderId, tenant, by, about, reason, detail } = event;
  return (
    <li class="event">
      <div class="line">
        <Time at={at} />
        {after && <span class="after">{after}</span>}
        <StatusBadge status={wordsOf(type)} tone={toneOfEvent(type)} />
        {!withoutOrder && orderId && <OrderLink orderId={orderId} tenant={tenant} />}
        {tenant && !withoutOrder && <span class="hint">{tenant}</span>}
        {about && <strong>{about}</strong>}
        {reason && <span class="reason">{reason}</span>}
        {by && <Cause by={by} />}
      </div>
      <details onToggle={(toggle) => setOpen(toggle.currentTarget.open)}>
        <summary><span class="unseen">{type}: </span>Contents</summary>
        {isOpen && <JsonText label={`Contents of ${type}`} value={detail} />}
      </details>
    </li>
  );
});

/** Who caused an event; a file is a link. */
function Cause({ by }: { readonly by: string }) {
  const file = /^file ([0-9a-f]{8,})$/.exec(by)?.[1];
  return <span class="by">by {file ? <>file <a href={fragmentOf('files', file)}>{file}</a></> : by}</span>;
}
