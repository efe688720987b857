import { OrderDetailsView } from './order-details-view';
import { OrderSearch } from './order-search';
import { PlaceOrder } from './place-order';
import { description } from '../../state/live';
import { route } from '../../state/location';

/** One order, or a search for orders. */
export function OrdersView() {
  const { id, query } = route.value;
  const { tenant, placed } = query;
  if (id !== undefined) return <OrderDetailsView key={`${tenant ?? ''}/${id}`} orderId={id} tenant={tenant} isNew={placed !== undefined} />;
  return (
    <>
      <OrderSearch />
      {description.value!.allowsChanges
        ? <PlaceOrder />
        : <p class="hint">The console only reads. Start it with <code>--allow-changes</code> to place orders.</p>}
    </>
  );
}
