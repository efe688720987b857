import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import { readPaginationToken } from './pagination-token';
import { Problem } from '../http/problem';
import { listErrors, type FieldError } from '../json/field-error';

/** The query parameters of an API Gateway request. */
export type RequestQuery = Pick<APIGatewayProxyEvent, 'queryStringParameters' | 'multiValueQueryStringParameters'>;

/** The maximum number of entries on a page. */
export const MAX_LIMIT = 100;

/** Validates `limit`, an integer from 1 to 100. */
export const limitErrors = (limit: string): FieldError[] =>
  (/^[1-9]\d{0,2}$/.test(limit) && Number(limit) <= MAX_LIMIT
    ? []
    : [{ path: 'limit', code: 'INVALID_LIMIT', message: `must be an integer from 1 to ${MAX_LIMIT}` }]);

/** Rejects unknown and repeated parameters: ignoring them would return results the client did not request. */
export function parameterErrors({ queryStringParameters, multiValueQueryStringParameters }: RequestQuery, known: readonly string[]): FieldError[] {
  const given = Object.keys(queryStringParameters ?? {});
  const unknown = given.filter((name) => !known.includes(name));
  const repeated = Object.entries(multiValueQueryStringParameters ?? {}).filter(([name, values = []]) => known.includes(name) && values.length > 1);
  return [
    ...unknown.map((path) => ({ path, code: 'UNKNOWN_PARAMETER', message: `is not a known parameter; use ${known.join(', ')}` })),
    ...repeated.map(([path]) => ({ path, code: 'REPEATED_PARAMETER', message: 'must occur only once' })),
  ];
}

/** Validates `nextToken`, and returns the position at which the previous page ended. */
export function readNextToken<Schema extends z.ZodMiniType>(
  tokenKey: string, query: string, token: string | undefined, schema: Schema,
): { readonly position: z.infer<Schema> | undefined; readonly errors: FieldError[] } {
  if (token === undefined) return { position: undefined, errors: [] };
  const position = readPaginationToken(tokenKey, query, token, schema);
  return {
    position,
    errors: position === undefined ? [{ path: 'nextToken', code: 'INVALID_TOKEN', message: 'must be the nextToken of a response to the same query' }] : [],
  };
}

/**
 * Throws a problem that lists all errors in a query.
 *
 * @throws Problem 400 when there are errors.
 */
export function assertValidQuery(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new Problem(400, 'invalid-query', 'the query is not valid; see errors', listErrors(errors));
}
