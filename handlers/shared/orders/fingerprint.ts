import { stringify } from 'safe-stable-stringify';
import { digest } from './ids';
import type { PricedOrder } from './order';

/** An order as text that does not depend on the order of its keys. */
export const canonical = (order: PricedOrder): string => stringify(order);

/** A hash of an order: equal for orders with the same content, with or without an explicit total. */
export const fingerprint = (order: PricedOrder): string => digest([canonical(order)]);
