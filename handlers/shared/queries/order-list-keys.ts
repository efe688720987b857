import { ORDER_LISTS } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { text } from '../json/text';
import { ORDER_STATES, type OrderStatus } from '../orders/order-states';

/** The statuses visible to clients. */
export type StatusFilter = Exclude<OrderStatus, 'AWAITED'>;
export const STATUS_FILTERS = Object.keys(ORDER_STATES).filter((status) => status !== 'AWAITED') as StatusFilter[];

/** By what orders can be listed: the parameters that select an index. */
export type ListKey = keyof typeof ORDER_LISTS;

/** Reads the keys by which a handler lists orders from its environment; without the variable, these are all keys. */
export const readListKeys = (keys?: string): readonly ListKey[] =>
  (Object.keys(ORDER_LISTS) as ListKey[]).filter((key) => keys?.split(',').includes(key) ?? true);

/** Returns the errors in what selects the orders of a list: their key, and a status that may limit it. */
export function keyErrors(given: Readonly<Record<ListKey, string | undefined>>, keys: readonly ListKey[]): FieldError[] {
  if (keys.length === 0) return [{ path: '', code: 'NOT_LISTED', message: 'orders are not listed' }];
  const { customerId, externalReference, status } = given;
  const key = KEYS_BY_PRECEDENCE.find((name) => given[name] !== undefined);
  if (key === undefined) return [{ path: '', code: 'REQUIRED', message: `${anyOf(keys)} is required` }];
  return [
    keys.includes(key) ? [] : { path: key, code: 'NOT_LISTED', message: `orders are listed by ${anyOf(keys)} only` },
    ...textErrors('customerId', 'INVALID_CUSTOMER_ID', customerId),
    ...textErrors('externalReference', 'INVALID_EXTERNAL_REFERENCE', externalReference),
    customerId === undefined || externalReference === undefined
      ? []
      : { path: 'externalReference', code: 'INVALID_COMBINATION', message: 'cannot be combined with customerId' },
    status === undefined || STATUS_FILTERS.includes(status as StatusFilter)
      ? []
      : { path: 'status', code: 'INVALID_STATUS', message: `must be one of ${STATUS_FILTERS.join(', ')}` },
  ].flat();
}

/** A status beside another key limits the list of that key. */
const KEYS_BY_PRECEDENCE = ['externalReference', 'customerId', 'status'] as const;

function anyOf(keys: readonly ListKey[]): string {
  const names = (['customerId', 'externalReference', 'status'] as const).filter((key) => keys.includes(key));
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)!}` : names[0];
}

const textErrors = (path: string, code: string, value: string | undefined): FieldError[] =>
  (value === undefined || text(1, 128).safeParse(value).success ? [] : [{ path, code, message: 'must be text of 1 to 128 characters' }]);
