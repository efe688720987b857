import { useEffect, useState } from 'preact/hooks';
import { OrderTable } from './order-table';
import type { OrderEvent, PipelineDescription } from '../../../cli/console/console-api';
import { fragmentOf } from '../../model/route';
import { toneOfEvent } from '../../model/tone';
import { wordsOf } from '../../model/words';
import { Field } from '../../parts/field';
import { OrderLink } from '../../parts/order-link';
import { StatusBadge } from '../../parts/status-badge';
import { Time } from '../../parts/time';
import { description, events } from '../../state/live';
import { goTo, replaceFragment, route } from '../../state/location';

const LABELS: Readonly<Record<string, string>> = {
  orderId: 'Order ID', customerId: 'Customer', status: 'Status', externalReference: 'External reference', fileId: 'File ID',
};
const STATUSES = ['PENDING', 'CONFIRMED', 'CANCELLED', 'REJECTED', 'FULFILLED'].map((each) => [each, each.toLowerCase()] as const);

/** Searches orders. The search is in the fragment, so it can be linked. */
export function OrderSearch() {
  const { by: searched = '', value: searchedValue = '', tenant: searchedTenant = '' } = route.value.query;
  const [by, setBy] = useState(searched || 'orderId');
  const [value, setValue] = useState(searchedValue);
  const [tenant, setTenant] = useState(searchedTenant);
  useEffect(() => {
    if (!searched) return;
    setBy(searched);
    setValue(searchedValue);
    setTenant(searchedTenant);
  }, [searched, searchedValue, searchedTenant]);
  const choose = (next: string) => {
    setBy(next);
    setValue(next === 'status' ? 'REJECTED' : '');
  };
  const keys = searchable(description.value!).map((each) => [each, LABELS[each]] as const);
  const { hasTenants } = description.value!;
  const search = (event: Event) => {
    event.preventDefault();
    if (by === 'orderId') goTo(fragmentOf('orders', value.trim(), { tenant: tenant.trim() }));
    else replaceFragment(fragmentOf('orders', undefined, { by, value: value.trim(), tenant: tenant.trim() }));
  };
  return (
    <>
      <form class="filters" role="search" aria-label="Search orders" onSubmit={search}>
        <Field label="Search by" value={by} options={keys} onInput={choose} />
        <Field label={LABELS[by] ?? by} value={value} required onInput={setValue} {...(by === 'status' ? { options: STATUSES } : {})} />
        {hasTenants && <Field label="Tenant" value={tenant} required={by !== 'fileId'} onInput={setTenant} />}
        <button type="submit" class="primary">Search</button>
      </form>
      {searched && searchedValue ? <OrderTable search={{ [searched]: searchedValue, tenant: searchedTenant }} /> : <LatestOrders />}
    </>
  );
}

const searchable = ({ listsBy, hasFiles }: PipelineDescription): string[] => ['orderId', ...listsBy, ...(hasFiles ? ['fileId'] : [])];

/** The orders that the latest events are about: without a search, there is no list of all orders. */
function LatestOrders() {
  const latest = new Map<string, OrderEvent>();
  for (const event of events.value) {
    const key = `${event.tenant ?? ''}/${event.orderId ?? ''}`;
    if (event.orderId !== undefined && !latest.has(key)) latest.set(key, event);
    if (latest.size === 12) break;
  }
  if (latest.size === 0) return <p class="empty">No orders yet. Place one below, or search for one.</p>;
  return (
    <section aria-labelledby="latest-orders">
      <h2 id="latest-orders">Latest orders</h2>
      <ul class="latest">
        {[...latest].map(([key, { orderId, tenant, type, at, reason }]) => (
          <li key={key}>
            <Time at={at} /><OrderLink orderId={orderId!} tenant={tenant} />
            <StatusBadge status={wordsOf(type)} tone={toneOfEvent(type)} />{reason && <span class="reason">{reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
