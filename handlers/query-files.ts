import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  createPaginationToken, FILE_ID_PATTERN, fileListQuery, fileView, isPastTimeToLive, jsonResponse, methodCheck, Problem, readEnv, report, restHandler,
} from '#shared';
import { getFile, listFiles } from './aws/files-table';

const env = readEnv('query-files');
const checkMethod = methodCheck(['GET', 'HEAD'], env.ALLOWED_METHODS);

/** GET /files/{fileId}: one file with its state, counts, errors and report. GET /files?state=: the files in a state, newest first. */
export const handler = restHandler(async (event, correlationId) => {
  checkMethod(event);
  const fileId = event.pathParameters?.fileId;
  const body = fileId === undefined ? await list(event) : await get(fileId);
  report('files read', [{ outcome: 'FileRead', ...(fileId === undefined ? {} : { fileId }), correlationId }]);
  return jsonResponse(200, correlationId, body);
});

async function get(fileId: string): Promise<Record<string, unknown>> {
  const file = FILE_ID_PATTERN.test(fileId) ? await getFile(env.FILES_TABLE_NAME, fileId) : undefined;
  if (!file || isPastTimeToLive(file, new Date())) throw new Problem(404, 'file-not-found', 'the file does not exist; a newly uploaded file appears within seconds');
  return fileView(file);
}

async function list({ queryStringParameters }: APIGatewayProxyEvent): Promise<Record<string, unknown>> {
  const { state, limit, after, tokenScope } = fileListQuery(queryStringParameters ?? {}, env.TOKEN_KEY);
  const { files, next } = await listFiles(env.FILES_TABLE_NAME, state, limit, after);
  const now = new Date();
  const nextToken = next ? { nextToken: createPaginationToken(env.TOKEN_KEY, tokenScope, next) } : {};
  return { items: files.filter((file) => !isPastTimeToLive(file, now)).map(fileView), ...nextToken };
}
