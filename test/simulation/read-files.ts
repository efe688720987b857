import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Account } from './account';
import type { Clock } from './clock';
import type { FileRecord } from '../../handlers/shared';
import { FILE_ORDERS_PATH, FILE_PART } from '../../src/private/contract';
import { apiRequest } from '../support/api-request';

/** A rejected order, as the API lists it. */
export interface ListedRejection {
  readonly index: number;
  readonly orderId: string;
  readonly code: string;
}

/** What the API returns about a file. */
export interface FileAnswer {
  readonly outcomes?: Record<'confirmed' | 'changed' | 'unchanged' | 'rejected' | 'pending', number>;
  readonly rejections: readonly ListedRejection[];
}

/** So few that lists have several pages. */
const PAGE_SIZE = 2;

/** Reads all files that have not expired over the API, by their IDs. `run` lets the time pass. */
export async function readFiles(account: Account, clock: Clock, run: () => Promise<void>, pageSize = PAGE_SIZE): Promise<Map<string, FileAnswer>> {
  const files = ([...account.tables.FilesTable.items.values()] as unknown as (FileRecord & { readonly part: string })[])
    .filter(({ part, expiresAt }) => part === FILE_PART && expiresAt * 1000 > clock.now);
  const reading = Promise.all(files.map(async ({ fileId }) => [fileId, await readFile(account, clock, fileId, pageSize)] as const));
  await run();
  return new Map(await reading);
}

async function readFile(account: Account, clock: Clock, fileId: string, pageSize: number): Promise<FileAnswer> {
  const { outcomes } = await get(account, clock, { pathParameters: { fileId } });
  const rejections: ListedRejection[] = [];
  for (let nextToken: string | undefined; ;) {
    const queryStringParameters = { outcome: 'REJECTED', limit: String(pageSize), ...(nextToken === undefined ? {} : { nextToken }) };
    const page = await get(account, clock, { resource: FILE_ORDERS_PATH, pathParameters: { fileId }, queryStringParameters });
    rejections.push(...page.items);
    nextToken = page.nextToken;
    if (nextToken === undefined) return { outcomes, rejections };
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of several routes
const get = (account: Account, clock: Clock, request: Record<string, unknown>): Promise<any> => new Promise((resolve, reject) => {
  account.functions['query-files'].invoke(apiRequest(request), ({ value, error }) => {
    clock.hasWoken = true;
    const { statusCode, body } = (value ?? {}) as APIGatewayProxyResult;
    if (statusCode === 200) resolve(JSON.parse(body));
    else reject(new Error(`query-files returned ${statusCode ?? error}: ${body}`));
  });
});
