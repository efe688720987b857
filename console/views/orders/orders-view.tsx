import { OrderDetailsView } from './order-details-view';
import { OrderSearch } from './order-search';
import { PlaceOrder } from './place-order';
import { description } from '../../state/live';
import { route } from '../../state/location';

/** One order, or a search for orders. */
export function OrdersView() {
  const { id, query } = route.value;
  if (id !== undefined) return <OrderDetailsView key={`${query.tenant ?? ''}/${id}`} orderId={id} tenant={query.tenant} isNew={query.placed !== undefined} />;
  return (
    <>
      <OrderSearch />
      {description.value!.allowsChanges ? <PlaceOrder /> : <p class="hint">The console only reads. Start it with <code>--allow-changes</code> to place orders.</p>}
    </>
  );
}
