import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  assertSeesAllCustomers, createPaginationToken, FILE_ID_PATTERN, fileListQuery, fileOrderListQuery, fileView, hasOutcomes, isPastTimeToLive,
  jsonResponse, methodCheck, Problem, readEnv, rejectedOrderView, report, restHandler,
  type Caller, type FileRecord,
} from '#shared';
import { countFileOutcomes, listRejectedOrders } from './aws/file-outcomes-table';
import { getFile, listFiles } from './aws/files-table';
import { FILE_ORDERS_PATH } from '../src/private/contract';

const env = readEnv('query-files');
const checkMethod = methodCheck(['GET', 'HEAD'], env.ALLOWED_METHODS);

/**
 * GET /files/{fileId}: one file with its state, counts, errors, report and the outcomes of its orders. GET /files/{fileId}/orders?outcome=REJECTED:
 * its rejected orders. GET /files?state=: the files in a state, newest first.
 */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  checkMethod(event);
  assertSeesAllCustomers(caller);
  const fileId = event.pathParameters?.fileId;
  const body = await bodyFor(event, fileId, caller);
  report('files read', [{ outcome: 'FileRead', ...(fileId === undefined ? {} : { fileId }), correlationId }]);
  return jsonResponse(200, correlationId, body);
});

function bodyFor(event: APIGatewayProxyEvent, fileId: string | undefined, caller: Caller): Promise<Record<string, unknown>> {
  if (fileId === undefined) return list(event, caller);
  return event.resource === FILE_ORDERS_PATH ? listOrders(event, fileId, caller) : get(fileId, caller);
}

async function get(fileId: string, caller: Caller): Promise<Record<string, unknown>> {
  const file = await existingFile(fileId, caller);
  const isCounted = hasOutcomes(file) && !file.outcomes;
  return fileView(file, isCounted ? await countFileOutcomes(env.FILES_TABLE_NAME, fileId) : undefined);
}

async function listOrders(event: APIGatewayProxyEvent, fileId: string, caller: Caller): Promise<Record<string, unknown>> {
  const { limit, after, tokenScope } = fileOrderListQuery(event, fileId, env.TOKEN_KEY);
  await existingFile(fileId, caller);
  const { orders, next } = await listRejectedOrders(env.FILES_TABLE_NAME, fileId, limit, after);
  const nextToken = next === undefined ? {} : { nextToken: createPaginationToken(env.TOKEN_KEY, tokenScope, { index: next }) };
  return { fileId, items: orders.map(rejectedOrderView), ...nextToken };
}

async function existingFile(fileId: string, { tenant, isOperator }: Caller): Promise<FileRecord> {
  const file = FILE_ID_PATTERN.test(fileId) ? await getFile(env.FILES_TABLE_NAME, fileId) : undefined;
  // A file that names no tenant is rejected, which operators can see.
  const isHidden = file?.tenant !== tenant && !(isOperator && file?.tenant === undefined);
  if (!file || isHidden || isPastTimeToLive(file, new Date())) throw new Problem(404, 'file-not-found', 'the file does not exist; a newly uploaded file appears within seconds');
  return file;
}

async function list({ queryStringParameters }: APIGatewayProxyEvent, caller: Caller): Promise<Record<string, unknown>> {
  const query = fileListQuery(queryStringParameters ?? {}, env.TOKEN_KEY, caller);
  const { files, next } = await listFiles(env.FILES_TABLE_NAME, query);
  const now = new Date();
  const nextToken = next ? { nextToken: createPaginationToken(env.TOKEN_KEY, query.tokenScope, next) } : {};
  return { items: files.filter((file) => !isPastTimeToLive(file, now)).map((file) => fileView(file)), ...nextToken };
}
