import * as z from 'zod/mini';
import { assertQuery, limitErrors, parameterErrors, readNextToken, type RequestQuery } from './list-query';
import type { FieldError } from '../json/field-error';
import { utcTime } from '../json/utc-time';
import type { OrderStatus } from '../lifecycle/order-states';
import { text } from '../orders/order';

/** Statuses that an order is listed by: all but the one that clients do not see. */
export const LISTED_STATUSES = ['CONFIRMED', 'CANCELLED', 'FULFILLED', 'REJECTED'] as const satisfies readonly OrderStatus[];
export type ListedStatus = (typeof LISTED_STATUSES)[number];

/** What a client asks for when it lists orders: those of a customer, those in a status, or both. */
export interface OrderListQuery {
  readonly customerId?: string;
  readonly status?: ListedStatus;
  readonly limit: number;
  /** List keys from `oldest` to `newest`, both included. */
  readonly oldest: string;
  readonly newest: string;
  /** What tokens of this list are signed for. */
  readonly signedFor: string;
}

const PARAMETERS = ['customerId', 'status', 'from', 'to', 'limit', 'nextToken'];
const DEFAULT_LIMIT = '25';

/** A list key: when the order came, and its id. */
const listKeySchema = z.string().check(z.regex(/^[^#]+#[A-Za-z0-9_-]{1,64}$/));

/**
 * Reads the query of `GET /orders`.
 *
 * @throws Problem 400 naming everything that is wrong.
 */
export function orderListQuery(request: RequestQuery, tokenKey: string): OrderListQuery {
  const { customerId, status, from, to, limit = DEFAULT_LIMIT, nextToken } = request.queryStringParameters ?? {};
  const [fromUtc, toUtc] = [from, to].map(utcTime);
  const signedFor = JSON.stringify(['orders', customerId, status, fromUtc, toUtc]);
  const { position, faults } = readNextToken(tokenKey, signedFor, nextToken, listKeySchema);
  assertQuery([
    ...choiceErrors(customerId, status), ...timeErrors({ from, to }, fromUtc, toUtc), ...limitErrors(limit), ...faults,
    ...parameterErrors(request, PARAMETERS),
  ]);
  // A list key is a time, `#` and an id, so it comes after its own time, and a time alone is no list key.
  const newest = position === undefined ? toUtc ?? AFTER_ALL : justBefore(position);
  return { customerId, status: status as ListedStatus | undefined, limit: Number(limit), oldest: fromUtc ?? BEFORE_ALL, newest, signedFor };
}

/** They surround all list keys, which begin with a year. */
const [BEFORE_ALL, AFTER_ALL] = ['0', '~'];

/** A text between a list key and the one before it, whichever that is: an index takes bounds that belong to the range. No id has a `~`. */
const justBefore = (key: string): string => `${key.slice(0, -1)}${String.fromCharCode(key.charCodeAt(key.length - 1) - 1)}~`;

function choiceErrors(customerId: string | undefined, status: string | undefined): FieldError[] {
  if (customerId === undefined && status === undefined) return [{ path: '', code: 'REQUIRED', message: 'customerId, status or both are required' }];
  return [
    customerId === undefined || text(1, 64).safeParse(customerId).success
      ? []
      : { path: 'customerId', code: 'INVALID_CUSTOMER_ID', message: 'must be text of 1 to 64 characters' },
    status === undefined || LISTED_STATUSES.includes(status as ListedStatus)
      ? []
      : { path: 'status', code: 'INVALID_STATUS', message: `must be one of ${LISTED_STATUSES.join(', ')}` },
  ].flat();
}

/** `from` belongs to the range and `to` does not. */
function timeErrors(given: { readonly from?: string; readonly to?: string }, from: string | undefined, to: string | undefined): FieldError[] {
  const message = 'must be a time of RFC 3339, such as 2026-01-31T12:00:00Z; in an address, + is written %2B';
  const wrong = Object.entries({ from, to }).filter(([path, time]) => given[path as 'from' | 'to'] !== undefined && time === undefined);
  if (from && to && from >= to) return [{ path: 'to', code: 'INVALID_RANGE', message: 'must be later than from' }];
  return wrong.map(([path]) => ({ path, code: 'INVALID_TIME', message }));
}
