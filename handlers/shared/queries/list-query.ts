import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import { readToken } from './page-token';
import { Problem } from '../http/problem';
import { listErrors, type FieldError } from '../json/field-error';

/** The query of a request, as API Gateway hands it over. */
export type RequestQuery = Pick<APIGatewayProxyEvent, 'queryStringParameters' | 'multiValueQueryStringParameters'>;

/** A list shows so many entries a page at most. */
export const MAX_LIMIT = 100;

/** What is wrong with `limit`: an integer from 1 to 100. */
export const limitErrors = (limit: string): FieldError[] =>
  (/^[1-9]\d{0,2}$/.test(limit) && Number(limit) <= MAX_LIMIT
    ? []
    : [{ path: 'limit', code: 'INVALID_LIMIT', message: `must be an integer from 1 to ${MAX_LIMIT}` }]);

/** Parameters that nobody asked for, and those given more than once: passing over them would answer another question than the client's. */
export function parameterErrors({ queryStringParameters, multiValueQueryStringParameters }: RequestQuery, known: readonly string[]): FieldError[] {
  const given = Object.keys(queryStringParameters ?? {});
  const unknown = given.filter((name) => !known.includes(name));
  const repeated = Object.entries(multiValueQueryStringParameters ?? {}).filter(([name, values = []]) => known.includes(name) && values.length > 1);
  return [
    ...unknown.map((path) => ({ path, code: 'UNKNOWN_PARAMETER', message: `is not known here; known are ${known.join(', ')}` })),
    ...repeated.map(([path]) => ({ path, code: 'REPEATED_PARAMETER', message: 'must be given once' })),
  ];
}

/** Where `nextToken` says that the page before ended, if it was given, and what is wrong with it. */
export function readNextToken<Schema extends z.ZodMiniType>(
  tokenKey: string, query: string, token: string | undefined, schema: Schema,
): { readonly position: z.infer<Schema> | undefined; readonly faults: FieldError[] } {
  if (token === undefined) return { position: undefined, faults: [] };
  const position = readToken(tokenKey, query, token, schema);
  return {
    position,
    faults: position === undefined ? [{ path: 'nextToken', code: 'INVALID_TOKEN', message: 'must be the nextToken of an answer to this very query' }] : [],
  };
}

/**
 * Refuses a query with everything that is wrong with it, at once.
 *
 * @throws Problem 400
 */
export function assertQuery(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw new Problem(400, 'invalid-query', 'the query is not valid; see errors', listErrors(faults));
}
