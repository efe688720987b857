import type { APIGatewayProxyEvent } from 'aws-lambda';
import { FILE_ID_PATTERN, fileListQuery, fileView, isExpired, json, Problem, readEnv, report, restHandler, writeToken } from '#shared';
import { getFile, listFiles } from './aws/files-table';

const env = readEnv('query-files');

/** GET /files/{fileId}: one file, its state, counts, errors and report. GET /files?state=: the files in that state, newest first. */
export const handler = restHandler(async (event, correlationId) => {
  const fileId = event.pathParameters?.fileId;
  const body = fileId === undefined ? await list(event) : await one(fileId);
  report('files read', [{ outcome: 'FileRead', ...(fileId === undefined ? {} : { fileId }), correlationId }]);
  return json(200, correlationId, body);
});

async function one(fileId: string): Promise<Record<string, unknown>> {
  const file = FILE_ID_PATTERN.test(fileId) ? await getFile(env.FILES_TABLE_NAME, fileId) : undefined;
  if (!file || isExpired(file, new Date())) throw new Problem(404, 'file-not-found', 'there is no such file; one that was just uploaded shows up within seconds');
  return fileView(file);
}

async function list({ queryStringParameters }: APIGatewayProxyEvent): Promise<Record<string, unknown>> {
  const { state, limit, after, signedFor } = fileListQuery(queryStringParameters ?? {}, env.TOKEN_KEY);
  const { files, next } = await listFiles(env.FILES_TABLE_NAME, state, limit, after);
  const now = new Date();
  const nextToken = next ? { nextToken: writeToken(env.TOKEN_KEY, signedFor, next) } : {};
  return { items: files.filter((file) => !isExpired(file, now)).map(fileView), ...nextToken };
}
