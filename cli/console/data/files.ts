import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { CURSOR_KEY, findOrder, ordersTable, orderSummary } from './orders';
import { countFileOutcomes, listRejectedOrders } from '../../../handlers/aws/file-outcomes-table';
import { getFile, listFiles } from '../../../handlers/aws/files-table';
import { fileListQuery } from '../../../handlers/shared/files/file-list-query';
import { FILE_STATES, type FileRecord } from '../../../handlers/shared/files/file-record';
import { reportKey, type ReportLine } from '../../../handlers/shared/files/file-report';
import { fileView, hasOutcomes } from '../../../handlers/shared/files/file-view';
import { Problem } from '../../../handlers/shared/http/problem';
import { mapAtMost } from '../../../handlers/shared/messaging/map-at-most';
import { FILE_ID_PATTERN } from '../../../handlers/shared/orders/ids';
import { createPaginationToken } from '../../../handlers/shared/queries/pagination-token';
import { FILE_PART, INCOMING_PREFIX, TENANT_PATTERN } from '../../../src/private/contract';
import type { FileDetails, FileList, FileSummary, FileUpload, OrderList } from '../console-api';
import type { ConsoleContext } from '../console-context';

/** A search for files, in a state or in all of them. */
export interface FileSearch {
  readonly state?: string;
  readonly tenant?: string;
  readonly cursor?: string;
}

/** Files shown without a state. */
const MAX_FILES = 50;
/** Pages of the table that are read where files are not selected by state. */
const MAX_PAGES = 5;
/** Orders of a file on a page. */
const ORDERS_OF_FILE = 50;
const MAX_READS = 16;

/** Lists files, the newest first. */
export async function searchFiles({ state, tenant, cursor }: FileSearch, context: ConsoleContext): Promise<FileList> {
  const table = filesTable(context);
  if (state === undefined) return { files: (await allFiles(table, tenant, context)).map((file) => fileSummary(file)) };
  const query = fileListQuery({ state, ...(cursor === undefined ? {} : { nextToken: cursor }) }, CURSOR_KEY, { tenant });
  const { files, next } = await listFiles(table, query);
  return {
    files: files.map((file) => fileSummary(file)), ...(next ? { cursor: createPaginationToken(CURSOR_KEY, query.tokenScope, next) } : {}),
  };
}

/** The newest files in all states: by the index or, where a tenant is needed for it and none is given, by the table itself. */
async function allFiles(table: string, tenant: string | undefined, context: ConsoleContext): Promise<FileRecord[]> {
  const files = context.pipeline.hasTenants && tenant === undefined
    ? await scanFiles(table, context)
    : (await Promise.all(FILE_STATES.map((state) => listFiles(table, { tenant, state, limit: MAX_FILES, tokenScope: '' })))).flatMap((page) => page.files);
  return files.sort((one, other) => (one.receivedAt < other.receivedAt ? 1 : -1)).slice(0, MAX_FILES);
}

const SCANNED = ['fileId', 'part', 'key', 'tenant', 'state', 'size', 'receivedAt', 'counts', 'progress', 'outcomes'];

async function scanFiles(table: string, { aws }: ConsoleContext): Promise<FileRecord[]> {
  const files: FileRecord[] = [];
  for (let pages = 0, next: Awaited<ReturnType<typeof aws.scan>>['next']; pages === 0 || (next && pages < MAX_PAGES); pages++) {
    const page = await aws.scan(table, SCANNED, next);
    files.push(...page.items.filter(({ part }) => part === FILE_PART) as unknown as FileRecord[]);
    next = page.next;
  }
  return files;
}

/**
 * Reads one file.
 *
 * @throws Problem 404 if it does not exist.
 */
export async function readFile(fileId: string, context: ConsoleContext): Promise<FileDetails> {
  const [table, file] = [filesTable(context), await existingFile(fileId, context)];
  const outcomes = hasOutcomes(file) && !file.outcomes ? await countFileOutcomes(table, fileId) : undefined;
  const { orders } = await listRejectedOrders(table, fileId, 100);
  return {
    summary: fileSummary(file, outcomes),
    ...(file.reason ? { reason: `${file.reason.code}: ${file.reason.message}` } : {}),
    errors: (file.errors ?? []).map(({ line, orderId, path, message }) => ({ line, ...(orderId ? { orderId } : {}), path, message })),
    rejectedOrders: orders.map(({ orderId, code, reason }) => ({ orderId, reason: `${code}: ${reason}` })),
    hasReport: file.state !== 'RECEIVED',
  };
}

/** The report of a file as it is in the bucket. */
export async function openReport(fileId: string, context: ConsoleContext): Promise<Readable> {
  const file = await existingFile(fileId, context);
  if (file.state === 'RECEIVED') throw new Problem(409, 'no-report', 'the file is being checked: it has no report yet');
  return context.aws.download(file.bucket, reportKey(file));
}

/** Reads the orders of a file in the sequence of its report. Orders that are not stored have the outcome of the report as their status. */
export async function ordersOfFile(fileId: string, cursor: string | undefined, context: ConsoleContext): Promise<OrderList> {
  const from = /^\d{1,8}$/.test(cursor ?? '0') ? Number(cursor ?? '0') : 0;
  const file = await existingFile(fileId, context);
  const { lines, hasMore } = await readLines(await openReport(fileId, context), from);
  const table = ordersTable(context.pipeline.tables);
  const orders = await mapAtMost(MAX_READS, lines, async ({ orderId, outcome, line, errors = [] }) => {
    const identity = { orderId: orderId ?? `line ${line}`, ...(file.tenant === undefined ? {} : { tenant: file.tenant }) };
    const item = orderId === undefined ? undefined : await findOrder(table, identity);
    if (item && outcome !== 'INVALID') return orderSummary(item, context.showsContents);
    return { ...identity, status: outcome, ...(errors.length > 0 ? { reason: errors.map(({ path, code }) => `${path} ${code}`).join(', ') } : {}) };
  });
  return { orders, ...(hasMore ? { cursor: String(from + lines.length) } : {}) };
}

async function readLines(report: Readable, from: number): Promise<{ readonly lines: readonly ReportLine[]; readonly hasMore: boolean }> {
  const lines: ReportLine[] = [];
  let index = 0;
  for await (const line of createInterface({ input: report })) {
    if (index++ < from || line === '') continue;
    if (lines.length === ORDERS_OF_FILE) {
      report.destroy();
      return { lines, hasMore: true };
    }
    lines.push(JSON.parse(line) as ReportLine);
  }
  return { lines, hasMore: false };
}

/** The name of a file: no folder, and nothing that a key of S3 or a URL would show differently. */
const FILE_NAME = /^[A-Za-z0-9._ -]{1,200}$/;

/**
 * Uploads a file of orders to the bucket of the pipeline.
 *
 * @throws Problem 400 for a name that files cannot have.
 */
export async function uploadFile(
  name: string, tenant: string | undefined, body: Readable, size: number, { pipeline: { bucket, hasTenants }, aws }: ConsoleContext,
): Promise<FileUpload> {
  if (bucket === undefined) throw new Problem(404, 'no-files', 'the pipeline has no files');
  if (!FILE_NAME.test(name) || name.startsWith('.')) throw new Problem(400, 'invalid-name', 'the name of the file must have 1 to 200 of A-Z a-z 0-9 . _ - and spaces, and must not begin with a dot');
  if (hasTenants && (tenant === undefined || !TENANT_PATTERN.test(tenant))) throw new Problem(400, 'tenant-required', 'the pipeline has tenants: give the tenant of the file');
  const key = `${INCOMING_PREFIX}${hasTenants ? `${tenant}/` : ''}${name}`;
  await aws.upload(bucket, key, body, size);
  return { key };
}

async function existingFile(fileId: string, context: ConsoleContext): Promise<FileRecord> {
  const file = FILE_ID_PATTERN.test(fileId) ? await getFile(filesTable(context), fileId) : undefined;
  if (!file) throw new Problem(404, 'file-not-found', `file ${fileId} does not exist`);
  return file;
}

function filesTable({ pipeline: { tables } }: ConsoleContext): string {
  if (tables.files === undefined) throw new Problem(404, 'no-files', 'the pipeline has no files');
  return tables.files;
}

function fileSummary(file: FileRecord, known?: Parameters<typeof fileView>[1]): FileSummary {
  const { fileId, key, tenant, state, size, receivedAt, counts, sent, outcomes } = fileView(file, known) as unknown as FileRecord & {
    sent: number; size?: number; outcomes?: Record<string, number>;
  };
  return {
    fileId,
    key,
    ...(tenant === undefined ? {} : { tenant }),
    state,
    ...(size === undefined ? {} : { size }),
    receivedAt,
    ...(counts ? { counts: { total: counts.orders, valid: counts.valid, invalid: counts.invalid } } : {}),
    sent,
    ...(outcomes ? { outcomes } : {}),
  };
}
