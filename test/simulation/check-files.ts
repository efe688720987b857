import { outcomeViolations } from './check-file-outcomes';
import type { ClientRequest, FileLine } from './client-requests';
import { reasonOf } from './messages';
import type { Observations } from './observations';
import type { PipelineOptions } from './pipeline-options';
import type { FileAnswer } from './read-files';
import type { Scenario } from './scenario';
import type { FileRecord } from '../../handlers/shared';
import { FILE_PART } from '../../src/private/contract';

/** Every file is completed or rejected, its counts are right, and each of its valid orders was sent as one command. */
export function fileViolations(observations: Observations, { requests, options }: Scenario, answers: ReadonlyMap<string, FileAnswer>): string[] {
  const { items, deleted } = observations.account.tables.FilesTable;
  const records = [...items.values(), ...deleted.values()].filter(({ part }) => part === FILE_PART) as unknown as FileRecord[];
  const uploads = requests.filter((request) => request.kind === 'file');
  return [
    ...records.length === uploads.length ? [] : [`files: ${uploads.length} were uploaded, ${records.length} are in the table`],
    ...uploads.flatMap((upload) => {
      const file = records.find(({ key }) => key === `incoming/file-${upload.id}.ndjson`);
      return [
        ...oneFile(observations, upload, options, file),
        ...(file ? outcomeViolations(observations, file, upload.lines, answers.get(file.fileId)) : []),
      ];
    }),
  ];
}

type Upload = Extract<ClientRequest, { kind: 'file' }>;

function oneFile(
  { account }: Observations, { id, lines, erasedAfter }: Upload, options: PipelineOptions, file: FileRecord | undefined,
): string[] {
  if (!file) return [`files: file ${id} is not in the table`];
  const isGone = erasedAfter !== undefined && file.reason?.code === 'FILE_GONE';
  if (erasedAfter !== undefined && (file.state === 'VALIDATED' || file.state === 'EXTRACTING')) {
    const isReported = account.queues.ValidFilesDeadLetterQueue.messages
      .some((message) => message.body.includes(file.fileId) && reasonOf(message)?.startsWith('FILE_GONE'));
    return isReported ? [] : [`files: file ${id} was erased and is not in the dead-letter queue`];
  }
  const { s3, bus, ordersQueue, alerts } = account;
  const counts = isGone ? countsOf([]) : countsOf(lines);
  const { fileId } = file;
  const isPublished = (type: string) => bus.published.some((published) => published.type === type && published.detail.metadata.fileId === fileId);
  const commands = ordersQueue.accepted
    .map((body) => JSON.parse(body) as { correlationId?: string; commandId: string; onExistingOrder?: string })
    .filter(({ correlationId }) => correlationId === fileId);
  const report = s3.has(`reports/${fileId}.ndjson`) ? s3.read(`reports/${fileId}.ndjson`).toString().trim().split('\n').length : 0;
  const summary = s3.has(`reports/${fileId}.summary.json`) ? JSON.parse(s3.read(`reports/${fileId}.summary.json`).toString()).state : undefined;
  const isRejected = isGone || (options.onInvalidOrder === 'REJECT_FILE' && counts.invalid > 0);
  const state = isRejected ? 'REJECTED' : 'COMPLETED';
  const sent = isRejected ? 0 : counts.valid;
  const checks: [string, unknown, unknown][] = [
    ['state', file.state, state],
    ['counts', JSON.stringify(file.counts), JSON.stringify(counts)],
    ['sent', file.progress?.sent ?? 0, sent],
    ['commands', new Set(commands.map(({ commandId }) => commandId)).size, sent],
    ['commands with its policy', commands.filter(({ onExistingOrder = 'REJECT' }) => onExistingOrder === options.onExistingOrder).length, commands.length],
    ['report', isGone ? 0 : report, counts.orders],
    ['summary', summary, state],
    ['OrderFileAccepted', isPublished('OrderFileAccepted'), !isRejected],
    ['OrderFileRejected', isPublished('OrderFileRejected'), isRejected],
    ['OrderFileCompleted', isPublished('OrderFileCompleted'), !isRejected],
    ['alert', alerts.some((alert) => alert.fileId === fileId && alert.reason !== 'REJECTED_ORDERS'), isRejected || counts.invalid > 0],
    ['notified', file.notified, true],
  ];
  return checks.filter(([, actual, wanted]) => actual !== wanted)
    .map(([name, actual, wanted]) => `files: ${name} of file ${id} is ${String(actual)} and should be ${String(wanted)}`);
}

function countsOf(lines: readonly FileLine[]) {
  const contents = new Map<string, string>();
  const counts = { orders: lines.length, valid: 0, repeated: 0, invalid: 0 };
  for (const line of lines) {
    const content = `${line.notes} ${line.customerId}`;
    if (line.isInvalid) {
      counts.invalid++;
    } else if (!contents.has(line.orderId)) {
      contents.set(line.orderId, content);
      counts.valid++;
    } else {
      counts[contents.get(line.orderId) === content ? 'repeated' : 'invalid']++;
    }
  }
  return counts;
}
