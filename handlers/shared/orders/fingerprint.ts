import { stringify } from 'safe-stable-stringify';
import { digest } from './ids';
import type { PricedOrder } from './order';

/** An order as text that is the same whatever the order of its keys. */
export const canonical = (order: PricedOrder): string => stringify(order);

/** Tells whether two orders have the same content, whatever the order of their keys and whether the total was written out. */
export const fingerprint = (order: PricedOrder): string => digest([canonical(order)]);
