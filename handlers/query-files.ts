import type { APIGatewayProxyEvent } from 'aws-lambda';
import { jsonResponse, methodCheck, readEnv, restHandler, type Caller } from '#shared';
import { fileReader } from './aws/file-reader';
import { FILE_ORDERS_PATH } from '../src/private/contract';

const env = readEnv('query-files');
const checkMethod = methodCheck(['GET', 'HEAD'], env.ALLOWED_METHODS);
const files = fileReader(env);

/**
 * GET /files/{fileId}: one file with its state, counts, errors, report and the outcomes of its orders. GET /files/{fileId}/orders?outcome=REJECTED:
 * its rejected orders. GET /files?state=: the files in a state, newest first.
 */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  checkMethod(event);
  return jsonResponse(200, correlationId, await bodyFor(event, correlationId, caller));
});

function bodyFor(event: APIGatewayProxyEvent, correlationId: string, caller: Caller): Promise<Record<string, unknown>> {
  const fileId = event.pathParameters?.fileId;
  if (fileId === undefined) return files.list(event, correlationId, caller);
  return event.resource === FILE_ORDERS_PATH ? files.listOrders(event, fileId, correlationId, caller) : files.get(fileId, correlationId, caller);
}
