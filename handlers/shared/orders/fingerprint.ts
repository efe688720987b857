import { stringify } from 'safe-stable-stringify';
import { digest } from './ids';
import type { OrderContent } from './order-document';
import { orderModel } from './order-model';

/** An order as text that does not depend on the order of its keys, or on whether its total is given. */
export const canonical = (order: OrderContent): string => stringify(orderModel.comparable(order))!;

/** A hash of an order: equal for orders with the same content. */
export const fingerprint = (order: OrderContent): string => digest([canonical(order)]);
