import { useEffect } from 'preact/hooks';
import { OrderCommands } from './order-commands';
import { OrderProblems } from './order-problems';
import { OrderTimeline } from './order-timeline';
import { OrderVersions } from './order-versions';
import type { OrderDetails } from '../../../cli/console/console-api';
import { request, RequestError, withQuery } from '../../api/request';
import { formatAmount } from '../../model/format';
import { JsonText } from '../../parts/json-text';
import { LoadedContent } from '../../parts/loaded-content';
import { StatusBadge } from '../../parts/status-badge';
import { Time } from '../../parts/time';
import { description, events } from '../../state/live';
import { useLoaded } from '../../state/use-loaded';

interface OrderDetailsProps {
  readonly orderId: string;
  readonly tenant?: string;
  /** Whether it was placed just now, and may not be stored yet. */
  readonly isNew: boolean;
}

const FINAL = ['CONFIRMED', 'REJECTED', 'CANCELLED', 'FULFILLED'];

/** One order, read again with each event about it. */
export function OrderDetailsView({ orderId, tenant, isNew }: OrderDetailsProps) {
  const load = async (signal: AbortSignal): Promise<OrderDetails | 'awaited'> => {
    try {
      return await request<OrderDetails>('GET', withQuery(`orders/${encodeURIComponent(orderId)}`, { tenant }), undefined, signal);
    } catch (error) {
      if (isNew && error instanceof RequestError && error.problem.status === 404) return 'awaited';
      throw error;
    }
  };
  const loaded = useLoaded<OrderDetails | 'awaited'>(orderId, load, (data) => (isOpen(data) ? 1000 : undefined));
  const latest = events.value.find((event) => event.orderId === orderId && event.tenant === tenant)?.eventId;
  useEffect(() => { if (latest) loaded.reload(); }, [latest]);
  return (
    <>
      <p class="back"><a href="#/orders">All orders</a></p>
      <LoadedContent loaded={loaded} what="the order">
        {(data) => (data === 'awaited'
          ? <p class="loading" role="status">The pipeline accepted order {orderId}, and it is on its way…</p>
          : <Contents details={data} onChanged={loaded.reload} />)}
      </LoadedContent>
    </>
  );
}

/** Whether more is about to be known. */
const isOpen = (data: OrderDetails | 'awaited' | undefined): boolean =>
  data === 'awaited' || (data !== undefined && ![...FINAL, 'PENDING'].includes(data.summary.status) && data.deadLetters.length === 0);

const Contents = ({ details, onChanged }: { readonly details: OrderDetails; readonly onChanged: () => void }) => (
  <>
    <Summary details={details} />
    <OrderProblems details={details} />
    <div class="halves">
      <OrderTimeline timeline={details.timeline} />
      <div>
        <OrderVersions versions={details.versions} />
        <section aria-labelledby="document-title">
          <h2 id="document-title">Document</h2>
          {details.masked && <p class="hint">Contents are masked. Start the console with <code>--show-contents</code> to see them.</p>}
          <JsonText label="Document of the order" value={details.order} />
        </section>
      </div>
    </div>
    {description.value!.allowsChanges && <OrderCommands details={details} onSent={onChanged} />}
  </>
);

const Summary = ({ details: { summary } }: { readonly details: OrderDetails }) => {
  const { orderId, tenant, status, version, customerId, total, currency, updatedAt } = summary;
  return (
    <div class="summary">
      <h2 class="id">{orderId}</h2>
      <p role="status"><span class="unseen">Status: </span><StatusBadge status={status} /></p>
      <dl>
        {tenant && <div><dt>Tenant</dt><dd>{tenant}</dd></div>}
        {customerId && <div><dt>Customer</dt><dd>{customerId}</dd></div>}
        {total !== undefined && <div><dt>Total</dt><dd>{formatAmount(total, currency)}</dd></div>}
        {version !== undefined && <div><dt>Version</dt><dd>{version}</dd></div>}
        {updatedAt && <div><dt>Updated</dt><dd><Time at={updatedAt} /></dd></div>}
      </dl>
    </div>
  );
};
