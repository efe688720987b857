import { BILLION } from '../../../src/private/contract';

/** The total of an order in two parts, by which EventBridge can compare every amount. */
export interface OrderTotal {
  readonly billions: number;
  readonly remainder: number;
}

/** Returns the total of the order in an event, in the minor unit of its currency. Undefined for an event without an order. */
export function orderTotalOf(data: unknown): OrderTotal | undefined {
  const total = (data as { readonly order?: { readonly total?: number } } | null | undefined)?.order?.total;
  return total === undefined ? undefined : { billions: Math.floor(total / BILLION), remainder: total % BILLION };
}
