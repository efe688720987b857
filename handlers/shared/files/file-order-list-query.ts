import * as z from 'zod/mini';
import { FILE_ORDER_OUTCOME } from '../../../src/private/contract';
import { assertValidQuery, limitErrors, parameterErrors, readNextToken, type RequestQuery } from '../queries/list-query';

const pageKeySchema = z.object({ index: z.int().check(z.gte(0)) });

/** The parameters of `GET /files/{fileId}/orders`. */
export interface FileOrderListQuery {
  readonly limit: number;
  /** The index of the last order on the previous page. */
  readonly after?: number;
  /** The query for which the pagination token is valid. */
  readonly tokenScope: string;
}

const DEFAULT_LIMIT = '25';

/**
 * Parses the query of `GET /files/{fileId}/orders`. Only rejected orders are listed; the outcomes of the others are in their orders.
 *
 * @throws Problem 400 with all errors in the query.
 */
export function fileOrderListQuery(request: RequestQuery, fileId: string, tokenKey: string): FileOrderListQuery {
  const { outcome, limit = DEFAULT_LIMIT, nextToken } = request.queryStringParameters ?? {};
  const tokenScope = JSON.stringify(['file orders', fileId, outcome]);
  const { position, errors } = readNextToken(tokenKey, tokenScope, nextToken, pageKeySchema);
  assertValidQuery([
    ...parameterErrors(request, ['outcome', 'limit', 'nextToken']),
    ...(outcome === FILE_ORDER_OUTCOME.REJECTED ? [] : [{ path: 'outcome', code: 'INVALID_OUTCOME', message: `must be ${FILE_ORDER_OUTCOME.REJECTED}` }]),
    ...limitErrors(limit),
    ...errors,
  ]);
  return { limit: Number(limit), after: position?.index, tokenScope };
}
