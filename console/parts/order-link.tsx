import { fragmentOf } from '../model/route';

/** Links to an order. */
export const OrderLink = ({ orderId, tenant }: { readonly orderId: string; readonly tenant?: string }) => (
  <a class="id" href={fragmentOf('orders', orderId, { tenant })}>{orderId}</a>
);
