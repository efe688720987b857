import * as z from 'zod/mini';
import { assertValidQuery, limitErrors, parameterErrors, readNextToken, type RequestQuery } from './list-query';
import { keyErrors, readListKeys, type ListKey, type StatusFilter } from './order-list-keys';
import type { Caller } from '../http/caller';
import { otherCustomer } from '../http/ownership';
import type { FieldError } from '../json/field-error';
import { utcTime } from '../json/utc-time';

/** The parameters of `GET /orders`: the orders of a customer, with an external reference, in a status, or one of the former in a status. */
export interface OrderListQuery {
  readonly tenant?: string;
  readonly customerId?: string;
  readonly externalReference?: string;
  readonly status?: StatusFilter;
  readonly limit: number;
  /** List keys from `oldest` to `newest`, both inclusive. */
  readonly oldest: string;
  readonly newest: string;
  /** The query for which the pagination token is valid. */
  readonly tokenScope: string;
}

const PARAMETERS = ['customerId', 'externalReference', 'status', 'from', 'to', 'limit', 'nextToken'];
const DEFAULT_LIMIT = '25';

/** A list key: a time and the ID of the order. */
const listKeySchema = z.string().check(z.regex(/^[^#]+#[A-Za-z0-9_-]{1,64}$/));

/**
 * Parses the query of `GET /orders`.
 *
 * @throws Problem 400 with all errors in the query, 403 when a customer asks for the orders of another one.
 */
export function orderListQuery(
  request: RequestQuery, tokenKey: string, { tenant, customerId: ownId }: Pick<Caller, 'tenant' | 'customerId'> = {}, keys: readonly ListKey[] = readListKeys(),
): OrderListQuery {
  const { customerId = ownId, externalReference, status, from, to, limit = DEFAULT_LIMIT, nextToken } = request.queryStringParameters ?? {};
  if (ownId !== undefined && customerId !== ownId) throw otherCustomer('customerId');
  const [fromUtc, toUtc] = [from, to].map(utcTime);
  const tokenScope = JSON.stringify(['orders', tenant, customerId, externalReference, status, fromUtc, toUtc]);
  const { position, errors } = readNextToken(tokenKey, tokenScope, nextToken, listKeySchema);
  assertValidQuery([
    ...keyErrors({ customerId, externalReference, status }, keys), ...timeErrors({ from, to }, fromUtc, toUtc), ...limitErrors(limit), ...errors,
    ...parameterErrors(request, PARAMETERS),
  ]);
  // A list key is a time, `#` and an ID. It sorts after the time alone, which is never a list key.
  const newest = position === undefined ? toUtc ?? MAX_KEY : justBefore(position);
  return {
    tenant,
    customerId,
    externalReference,
    status: status as StatusFilter | undefined,
    limit: Number(limit),
    oldest: fromUtc ?? MIN_KEY,
    newest,
    tokenScope,
  };
}

/** All list keys sort between these, because they start with a year. */
const [MIN_KEY, MAX_KEY] = ['0', '~'];

/** Returns a text between a list key and any key before it, because DynamoDB's range bounds are inclusive. IDs contain no `~`. */
const justBefore = (key: string): string => `${key.slice(0, -1)}${String.fromCharCode(key.charCodeAt(key.length - 1) - 1)}~`;

/** Validates the range: `from` is inclusive, `to` is exclusive. */
function timeErrors(given: { readonly from?: string; readonly to?: string }, from: string | undefined, to: string | undefined): FieldError[] {
  const message = 'must be an RFC 3339 time, such as 2026-01-31T12:00:00Z; encode + as %2B in the URL';
  const wrong = Object.entries({ from, to }).filter(([path, time]) => given[path as 'from' | 'to'] !== undefined && time === undefined);
  if (from && to && from >= to) return [{ path: 'to', code: 'INVALID_RANGE', message: 'must be later than from' }];
  return wrong.map(([path]) => ({ path, code: 'INVALID_TIME', message }));
}
