import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  advanceFile, completeFile, consumeQueue, extractionWindows, fileCompleted, fileMessageSchema, OrderSelection, fileView, parseMessage, PoisonMessage,
  publishEvent, readEnv, readOrderFile, reportCount, sendOrders, summaryKey, timeIsUpIn, RetryableError, selectionKey, type CheckedFile, type ExtractionWindow,
  type FileMessage, type Outcome,
} from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { eventPublisher } from './aws/event-bus';
import { getFile, updateFile } from './aws/files-table';
import { FileUnavailable, findFile, readFileFrom, readObject, writeObject } from './aws/order-files';
import { batchSender, visibilityBackoff, sendMessage } from './aws/queues';

const env = readEnv('extract-orders');
const publish = eventPublisher(env);
const sendBatch = batchSender(env.ORDERS_QUEUE_URL);
const sendToDeadLetterQueue = deadLetterQueue(env);
const retryWithBackoff = visibilityBackoff(env.VALID_FILES_QUEUE_URL);

/** How long to wait after trouble when orders were sent before it, in seconds. */
const PAUSE = 30;

/** Puts the valid orders of a checked file into the orders queue, in as many invocations as it takes. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const timeIsUp = timeIsUpIn(context);
  return consumeQueue(event, { summary: 'orders extracted', consume: (record) => consume(record, timeIsUp), sendToDeadLetterQueue, retryWithBackoff });
};

async function consume({ body }: SQSRecord, timeIsUp: () => boolean): Promise<Outcome> {
  const ticket = parseMessage(body, fileMessageSchema);
  const file = (await getFile(env.FILES_TABLE_NAME, ticket.fileId)) as CheckedFile | undefined;
  if (!file) throw new PoisonMessage('the files table has no file of this id');
  if (file.state !== 'VALIDATED' && file.state !== 'EXTRACTING') return { outcome: 'FileRepeated', ...ticket };
  const extraction = new Extraction(file);
  try {
    const isAtEnd = await extraction.run(timeIsUp);
    return await (isAtEnd ? complete(extraction.file) : continueLater(ticket));
  } catch (error) {
    return afterTrouble(error as Error, extraction, ticket);
  }
}

/** One invocation's share of the work on a file. */
class Extraction {
  private readonly sentBefore: number;

  constructor(public file: CheckedFile) {
    this.sentBefore = sentOf(file);
  }

  /** Whether this invocation has sent orders. */
  get hasProgressed(): boolean {
    return sentOf(this.file) > this.sentBefore;
  }

  /** Sends orders from where the file was left, until its end or until the time is up. Tells whether it is at its end. */
  async run(timeIsUp: () => boolean): Promise<boolean> {
    const { file } = this;
    const stored = await findFile(file);
    const parts = readOrderFile((from) => readFileFrom(stored, from), file.limits, file.progress?.position);
    for await (const window of extractionWindows(file, parts, await verdictsOf(file), timeIsUp)) {
      await this.advance(window);
      if (timeIsUp()) return false;
    }
    return true;
  }

  /** Sends a window, and only then writes down that it was sent. */
  private async advance({ entries, next }: ExtractionWindow): Promise<void> {
    await sendOrders(entries, sendBatch);
    const progress = { sent: sentOf(this.file) + entries.length, position: next };
    const { file, refused } = await updateFile(advanceFile(env.FILES_TABLE_NAME, this.file, progress));
    if (refused) throw new RetryableError('ExtractionSuperseded', 'another invocation is extracting this file');
    reportCount('OrderExtracted', entries.length);
    this.file = file as CheckedFile;
  }
}

const sentOf = ({ progress }: CheckedFile): number => progress?.sent ?? 0;

async function verdictsOf({ bucket, fileId, counts }: CheckedFile): Promise<(index: number) => boolean> {
  if (counts.valid === counts.orders) return () => true;
  const verdicts = new OrderSelection(await readObject(bucket, selectionKey(fileId)));
  return (index) => verdicts.sends(index);
}

async function complete(file: CheckedFile): Promise<Outcome> {
  const { fileId, counts } = file;
  // The report is a promise; whatever broke it, somebody has to look.
  if (sentOf(file) !== counts.valid) throw new PoisonMessage(`${sentOf(file)} orders were sent, but ${counts.valid} are valid`);
  const now = new Date();
  await publishEvent(publish, fileCompleted(file, now));
  const completed = { ...file, state: 'COMPLETED', completedAt: now.toISOString() } as const;
  await writeObject(file.bucket, summaryKey(fileId), 'application/json', JSON.stringify(fileView(completed), undefined, 2));
  await updateFile(completeFile(env.FILES_TABLE_NAME, fileId, now));
  return { outcome: 'FileCompleted', fileId };
}

/** The queue wakes another invocation, which goes on from the checkpoint. */
async function continueLater(ticket: FileMessage, afterSeconds?: number): Promise<Outcome> {
  await sendMessage(env.VALID_FILES_QUEUE_URL, ticket, afterSeconds);
  return { outcome: 'FileContinued', ...ticket };
}

/** A file that got on is not on its way to the dead-letter queue; one that is gone half-way is, with how far it got. */
async function afterTrouble(error: Error, { file, hasProgressed }: Extraction, ticket: FileMessage): Promise<Outcome> {
  if (error instanceof FileUnavailable) throw new PoisonMessage(`${error.code} after ${sentOf(file)} of ${file.counts.valid} orders`);
  if (!hasProgressed || error instanceof PoisonMessage || error.name === 'ExtractionSuperseded') throw error;
  return { ...await continueLater(ticket, PAUSE), reason: error.name };
}
