import {
  assertSeesAllCustomers, createPaginationToken, FILE_ID_PATTERN, fileListQuery, fileOrderListQuery, fileView, hasOutcomes, isPastTimeToLive, Problem,
  rejectedOrderView, report, truncateRejectedOrders,
  type ApiRequest, type Caller, type FileRecord,
} from '#shared';
import { countFileOutcomes, listRejectedOrders } from './file-outcomes-table';
import { getFile, listFiles } from './files-table';

/** What the reader of files needs of the environment of its handler. */
interface FileReaderEnv {
  readonly FILES_TABLE_NAME: string;
  readonly TOKEN_KEY: string;
}

/**
 * The reader of files for callers of the API who see the orders of all customers: it throws a `Problem` 403 for others, and 404 for a file that does
 * not exist.
 *
 * @param maxBytes the maximum size of a page of rejected orders as JSON; by default, no limit.
 */
export function fileReader(env: FileReaderEnv, maxBytes = Infinity) {
  const reported = async (read: Promise<Record<string, unknown>>, correlationId: string, fileId?: string): Promise<Record<string, unknown>> => {
    const view = await read;
    report('files read', [{ outcome: 'FileRead', ...(fileId === undefined ? {} : { fileId }), correlationId }]);
    return view;
  };

  async function get(fileId: string, caller: Caller): Promise<Record<string, unknown>> {
    const file = await existingFile(env, fileId, caller);
    const isCounted = hasOutcomes(file) && !file.outcomes;
    return fileView(file, isCounted ? await countFileOutcomes(env.FILES_TABLE_NAME, fileId) : undefined);
  }

  async function listFilesOf({ queryStringParameters }: ApiRequest, caller: Caller): Promise<Record<string, unknown>> {
    assertSeesAllCustomers(caller);
    const query = fileListQuery(queryStringParameters ?? {}, env.TOKEN_KEY, caller);
    const { files, next } = await listFiles(env.FILES_TABLE_NAME, query);
    const now = new Date();
    const nextToken = next ? { nextToken: createPaginationToken(env.TOKEN_KEY, query.tokenScope, next) } : {};
    return { items: files.filter((file) => !isPastTimeToLive(file, now)).map((file) => fileView(file)), ...nextToken };
  }

  async function listOrders(request: ApiRequest, fileId: string, caller: Caller): Promise<Record<string, unknown>> {
    assertSeesAllCustomers(caller);
    const { limit, after, tokenScope } = fileOrderListQuery(request, fileId, env.TOKEN_KEY);
    await existingFile(env, fileId, caller);
    const { orders, next } = truncateRejectedOrders(await listRejectedOrders(env.FILES_TABLE_NAME, fileId, limit, after), maxBytes);
    const nextToken = next === undefined ? {} : { nextToken: createPaginationToken(env.TOKEN_KEY, tokenScope, { index: next }) };
    return { fileId, items: orders.map(rejectedOrderView), ...nextToken };
  }

  return {
    get: (fileId: string, correlationId: string, caller: Caller) => reported(get(fileId, caller), correlationId, fileId),
    list: (request: ApiRequest, correlationId: string, caller: Caller) => reported(listFilesOf(request, caller), correlationId),
    listOrders: (request: ApiRequest, fileId: string, correlationId: string, caller: Caller) =>
      reported(listOrders(request, fileId, caller), correlationId, fileId),
  };
}

async function existingFile({ FILES_TABLE_NAME }: FileReaderEnv, fileId: string, caller: Caller): Promise<FileRecord> {
  assertSeesAllCustomers(caller);
  const { tenant, isOperator } = caller;
  const file = FILE_ID_PATTERN.test(fileId) ? await getFile(FILES_TABLE_NAME, fileId) : undefined;
  // A file that names no tenant is rejected, which operators can see.
  const isHidden = file?.tenant !== tenant && !(isOperator && file?.tenant === undefined);
  if (!file || isHidden || isPastTimeToLive(file, new Date())) throw new Problem(404, 'file-not-found', 'the file does not exist; a newly uploaded file appears within seconds');
  return file;
}
