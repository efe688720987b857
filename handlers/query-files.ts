import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  createPaginationToken, FILE_ID_PATTERN, fileListQuery, fileOrderListQuery, fileView, hasOutcomes, isPastTimeToLive, jsonResponse, methodCheck,
  Problem, readEnv, rejectedOrderView, report, restHandler,
  type FileRecord,
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
export const handler = restHandler(env, async (event, correlationId) => {
  checkMethod(event);
  const fileId = event.pathParameters?.fileId;
  const body = fileId === undefined ? await list(event) : await (event.resource === FILE_ORDERS_PATH ? listOrders(event, fileId) : get(fileId));
  report('files read', [{ outcome: 'FileRead', ...(fileId === undefined ? {} : { fileId }), correlationId }]);
  return jsonResponse(200, correlationId, body);
});

async function get(fileId: string): Promise<Record<string, unknown>> {
  const file = await existingFile(fileId);
  const isCounted = hasOutcomes(file) && !file.outcomes;
  return fileView(file, isCounted ? await countFileOutcomes(env.FILES_TABLE_NAME, fileId) : undefined);
}

async function listOrders(event: APIGatewayProxyEvent, fileId: string): Promise<Record<string, unknown>> {
  const { limit, after, tokenScope } = fileOrderListQuery(event, fileId, env.TOKEN_KEY);
  await existingFile(fileId);
  const { orders, next } = await listRejectedOrders(env.FILES_TABLE_NAME, fileId, limit, after);
  const nextToken = next === undefined ? {} : { nextToken: createPaginationToken(env.TOKEN_KEY, tokenScope, { index: next }) };
  return { fileId, items: orders.map(rejectedOrderView), ...nextToken };
}

async function existingFile(fileId: string): Promise<FileRecord> {
  const file = FILE_ID_PATTERN.test(fileId) ? await getFile(env.FILES_TABLE_NAME, fileId) : undefined;
  if (!file || isPastTimeToLive(file, new Date())) throw new Problem(404, 'file-not-found', 'the file does not exist; a newly uploaded file appears within seconds');
  return file;
}

async function list({ queryStringParameters }: APIGatewayProxyEvent): Promise<Record<string, unknown>> {
  const { state, limit, after, tokenScope } = fileListQuery(queryStringParameters ?? {}, env.TOKEN_KEY);
  const { files, next } = await listFiles(env.FILES_TABLE_NAME, state, limit, after);
  const now = new Date();
  const nextToken = next ? { nextToken: createPaginationToken(env.TOKEN_KEY, tokenScope, next) } : {};
  return { items: files.filter((file) => !isPastTimeToLive(file, now)).map((file) => fileView(file)), ...nextToken };
}
