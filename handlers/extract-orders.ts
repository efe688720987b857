import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  advanceFile, completeFile, consumeQueue, extractionWindows, fileCompleted, fileTicketSchema, FileVerdicts, fileView, parseMessage, PoisonMessage,
  readEnv, readOrderFile, sendOrders, summaryKey, verdictsKey, type CheckedFile, type ExtractionWindow, type FileTicket, type Outcome,
} from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { publisher } from './aws/event-bus';
import { getFile, updateFile } from './aws/files-table';
import { FileUnavailable, findFile, readFileFrom, readObject, writeObject } from './aws/order-files';
import { batchSender, sendMessage } from './aws/queues';

const env = readEnv('extract-orders');
const publish = publisher(env);
const sendBatch = batchSender(env.ORDERS_QUEUE_URL);
const setAside = deadLetterQueue(env);

/** What is left of the time when the work is handed on: enough to send the orders of a checkpoint, twice. */
const RESERVE_MS = 30_000;

/** Puts the valid orders of a checked file into the orders queue, in as many invocations as it takes. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const reserve = Math.min(RESERVE_MS, context.getRemainingTimeInMillis() / 3);
  const timeIsUp = () => context.getRemainingTimeInMillis() < reserve;
  return consumeQueue(event, { summary: 'orders extracted', consume: (record) => consume(record, timeIsUp), setAside });
};

async function consume({ body }: SQSRecord, timeIsUp: () => boolean): Promise<Outcome> {
  const ticket = parseMessage(body, fileTicketSchema);
  const file = (await getFile(env.FILES_TABLE_NAME, ticket.fileId)) as CheckedFile | undefined;
  if (!file) throw new PoisonMessage('the files table has no file of this id');
  if (file.state !== 'VALIDATED' && file.state !== 'EXTRACTING') return { outcome: 'FileRepeated', ...ticket };
  try {
    const { isAtEnd } = await extract(file, timeIsUp);
    return await (isAtEnd ? complete(ticket) : handOn(ticket));
  } catch (error) {
    throw error instanceof FileUnavailable ? await halfSent(error, file) : error;
  }
}

/** Part of the file may be in the queue already: somebody has to know, and can bring the file's version back and redrive. */
async function halfSent({ code }: FileUnavailable, { fileId, counts }: CheckedFile): Promise<PoisonMessage> {
  const now = await getFile(env.FILES_TABLE_NAME, fileId);
  return new PoisonMessage(`${code} after ${now?.progress?.sent ?? 0} of ${counts.valid} orders`);
}

/** Sends orders from where the file was left, until its end or until the time is up. */
async function extract(file: CheckedFile, timeIsUp: () => boolean): Promise<{ readonly isAtEnd: boolean }> {
  const stored = await findFile(file);
  const parts = readOrderFile((from) => readFileFrom(stored, from), file.limits, file.progress?.position);
  let current = file;
  for await (const window of extractionWindows(file, parts, await verdictsOf(file), timeIsUp)) {
    current = await advance(current, window);
    if (timeIsUp()) return { isAtEnd: false };
  }
  return { isAtEnd: true };
}

async function verdictsOf({ bucket, fileId, counts }: CheckedFile): Promise<(index: number) => boolean> {
  if (counts.valid === counts.orders) return () => true;
  const verdicts = new FileVerdicts(await readObject(bucket, verdictsKey(fileId)));
  return (index) => verdicts.sends(index);
}

/** Sends a window, and only then writes down that it was sent. */
async function advance(file: CheckedFile, { entries, next }: ExtractionWindow): Promise<CheckedFile> {
  await sendOrders(entries, sendBatch);
  const progress = { sent: (file.progress?.sent ?? 0) + entries.length, position: next };
  const { file: advanced, refused } = await updateFile(advanceFile(env.FILES_TABLE_NAME, file, progress));
  if (refused) throw new Error('another invocation is extracting this file');
  return advanced as CheckedFile;
}

async function complete(ticket: FileTicket): Promise<Outcome> {
  const now = new Date();
  const file = (await getFile(env.FILES_TABLE_NAME, ticket.fileId)) as CheckedFile;
  const event = fileCompleted(file, now);
  const failures = await publish([event]);
  if (failures.has(event)) throw failures.get(event);
  const completed = { ...file, state: 'COMPLETED', completedAt: now.toISOString() } as const;
  await writeObject(file.bucket, summaryKey(file.fileId), 'application/json', JSON.stringify(fileView(completed), undefined, 2));
  await updateFile(completeFile(env.FILES_TABLE_NAME, file.fileId, now));
  return { outcome: 'FileCompleted', ...ticket };
}

/** The queue wakes another invocation, which goes on from the checkpoint. */
async function handOn(ticket: FileTicket): Promise<Outcome> {
  await sendMessage(env.VALID_FILES_QUEUE_URL, ticket);
  return { outcome: 'FileHandedOn', ...ticket };
}
