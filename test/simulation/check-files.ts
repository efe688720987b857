import type { Account } from './account';
import type { Ask, FileLine } from './asks';
import { reasonOf } from './messages';
import type { Scenario } from './scenario';
import type { FileRecord } from '../../handlers/shared';

/** Every file is done, its counts are right, and each of its valid orders was sent as one command. */
export function fileViolations(account: Account, { asks, options }: Scenario): string[] {
  const { items, deleted } = account.tables.FilesTable;
  const records = [...items.values(), ...deleted.values()] as unknown as FileRecord[];
  const uploads = asks.filter((ask) => ask.kind === 'file');
  return [
    ...records.length === uploads.length ? [] : [`files: ${uploads.length} were uploaded, ${records.length} are known`],
    ...uploads.flatMap((ask) => oneFile(account, ask, options.onInvalidOrder, records.find(({ key }) => key === `incoming/file-${ask.id}.ndjson`))),
  ];
}

type FileAsk = Extract<Ask, { kind: 'file' }>;

function oneFile(account: Account, { id, lines, erasedAfter }: FileAsk, policy: string, file: FileRecord | undefined): string[] {
  if (!file) return [`files: file ${id} is not known`];
  const isGone = erasedAfter !== undefined && file.reason?.code === 'FILE_GONE';
  if (erasedAfter !== undefined && (file.state === 'VALIDATED' || file.state === 'EXTRACTING')) {
    const isTold = account.queues.ValidFilesDeadLetterQueue.messages.some((message) => message.body.includes(file.fileId) && reasonOf(message)?.startsWith('FILE_GONE'));
    return isTold ? [] : [`files: file ${id} was erased, and nobody is told`];
  }
  const { s3, bus, ordersQueue, alerts } = account;
  const counts = isGone ? countsOf([]) : countsOf(lines);
  const { fileId } = file;
  const says = (type: string) => bus.published.some((published) => published.type === type && published.detail.metadata.fileId === fileId);
  const commands = ordersQueue.accepted
    .map((body) => JSON.parse(body) as { correlationId?: string; commandId: string })
    .filter(({ correlationId }) => correlationId === fileId);
  const report = s3.has(`reports/${fileId}.ndjson`) ? s3.read(`reports/${fileId}.ndjson`).toString().trim().split('\n').length : 0;
  const summary = s3.has(`reports/${fileId}.summary.json`) ? JSON.parse(s3.read(`reports/${fileId}.summary.json`).toString()).state : undefined;
  const isRejected = isGone || (policy === 'REJECT_FILE' && counts.invalid > 0);
  const state = isRejected ? 'REJECTED' : 'COMPLETED';
  const sent = isRejected ? 0 : counts.valid;
  const checks: [string, unknown, unknown][] = [
    ['state', file.state, state],
    ['counts', JSON.stringify(file.counts), JSON.stringify(counts)],
    ['sent', file.progress?.sent ?? 0, sent],
    ['commands', new Set(commands.map(({ commandId }) => commandId)).size, sent],
    ['report', isGone ? 0 : report, counts.orders],
    ['summary', summary, state],
    ['acceptance said', says('OrderFileAccepted'), !isRejected],
    ['rejection said', says('OrderFileRejected'), isRejected],
    ['completion said', says('OrderFileCompleted'), !isRejected],
    ['alert', alerts.some((text) => text.includes(fileId)), isRejected || counts.invalid > 0],
    ['notified', file.notified, true],
  ];
  return checks.filter(([, is, should]) => is !== should).map(([what, is, should]) => `files: ${what} of file ${id} is ${String(is)} and should be ${String(should)}`);
}

function countsOf(lines: readonly FileLine[]) {
  const notes = new Map<string, string>();
  const counts = { orders: lines.length, valid: 0, repeated: 0, invalid: 0 };
  for (const line of lines) {
    if (line.isWrong) {counts.invalid++;} else if (!notes.has(line.orderId)) {
      notes.set(line.orderId, line.notes);
      counts.valid++;
    } else {counts[notes.get(line.orderId) === line.notes ? 'repeated' : 'invalid']++;}
  }
  return counts;
}
