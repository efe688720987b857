import type { CommandResult, OrderDetails } from '../../../cli/console/console-api';
import { request, withQuery } from '../../api/request';
import { JsonForm } from '../../parts/json-form';
import { notify } from '../../state/notices';

interface OrderCommandsProps {
  readonly details: OrderDetails;
  readonly onSent: () => void;
}

/** Orders with another status cannot be changed or cancelled. */
const CHANGEABLE = ['PENDING', 'CONFIRMED', 'PARTIALLY_FULFILLED'];

/** Changes and cancels an order. */
export function OrderCommands({ details: { summary: { orderId, tenant, status } }, onSent }: OrderCommandsProps) {
  if (!CHANGEABLE.includes(status)) return null;
  const path = (command: string) => withQuery(`orders/${encodeURIComponent(orderId)}/${command}`, { tenant });
  const sent = (text: string) => (_: CommandResult) => {
    notify({ tone: 'good', text });
    onSent();
  };
  return (
    <div class="halves">
      <details class="panel">
        <summary>Change this order</summary>
        <JsonForm
          title="Change" hint="A JSON merge patch: fields with their new values; null removes a field."
          initial={{ notes: 'ring twice' }} action="Change order"
          question={`The change is sent to the pipeline for order ${orderId}.`}
          send={(patch) => request('POST', path('changes'), patch)} onSent={sent('The pipeline accepted the change')}
        />
      </details>
      <details class="panel">
        <summary>Cancel this order</summary>
        <JsonForm
          title="Cancellation" hint="The reason is optional."
          initial={{ reason: 'requested by the customer' }} rows={4} action="Cancel order" isDangerous
          question={`Order ${orderId} is cancelled. This cannot be undone.`}
          send={(body) => request('POST', path('cancellations'), body)} onSent={sent('The pipeline accepted the cancellation')}
        />
      </details>
    </div>
  );
}
