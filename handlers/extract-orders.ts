import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  announceOutcomes, completeFile, consumeQueue, extractionBatches, fileCompletedEvent, fileMessageSchema, fileView, OrderSelection, parseMessage,
  PoisonMessage, publishEvent, readEnv, readOrderFile, reportCount, RetryableError, saveCheckpoint, selectionKey, sendOrders, summaryKey, timeIsUpIn,
  validByChunk,
  type CheckedFile, type ExtractionBatch, type FileMessage, type Outcome,
} from '#shared';
import { eventPublisher } from './aws/event-bus';
import { queueFailures } from './aws/failure-policies';
import { announcementContext } from './aws/file-outcomes';
import { getFile, updateFile } from './aws/files-table';
import { FileUnavailable, findFile, readFileFrom, readObject, writeObject } from './aws/order-files';
import { batchSender, sendMessage } from './aws/queues';

const env = readEnv('extract-orders');
const publish = eventPublisher(env);
const sendBatch = batchSender(env.ORDERS_QUEUE_URL);
const onFailure = queueFailures(env);
const announcement = announcementContext(env);

/** The delay in seconds before an extraction continues after an error. */
const RETRY_DELAY = 30;

/** Sends the valid orders of a checked file to the orders queue, in as many invocations as necessary. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const timeIsUp = timeIsUpIn(context);
  return consumeQueue(event, { summary: 'orders extracted', consume: (record) => consume(record, timeIsUp), onFailure });
};

async function consume({ body }: SQSRecord, timeIsUp: () => boolean): Promise<Outcome[]> {
  const message = parseMessage(body, fileMessageSchema);
  const file = (await getFile(env.FILES_TABLE_NAME, message.fileId)) as CheckedFile | undefined;
  if (!file) throw new PoisonMessage('the files table has no file with this ID');
  if (file.state !== 'VALIDATED' && file.state !== 'EXTRACTING') return [{ outcome: 'FileRepeated', ...message }, ...await announceOutcomes(file, announcement)];
  const extraction = new Extraction(file);
  try {
    const isComplete = await extraction.run(timeIsUp);
    return await (isComplete ? complete(extraction) : continueLater(message));
  } catch (error) {
    return handleError(error as Error, extraction, message);
  }
}

/** The part of a file's extraction in one invocation. */
class Extraction {
  /** Whether an order with an index is valid. Known once the extraction has run. */
  isSelected?: (index: number) => boolean;
  private readonly sentBefore: number;

  constructor(public file: CheckedFile) {
    this.sentBefore = sentOf(file);
  }

  /** Whether this invocation has sent orders. */
  get hasProgressed(): boolean {
    return sentOf(this.file) > this.sentBefore;
  }

  /** Sends orders from the checkpoint until the end of the file or until the time is up. Returns whether the end was reached. */
  async run(timeIsUp: () => boolean): Promise<boolean> {
    const { file } = this;
    const stored = await findFile(file);
    this.isSelected = await selectionOf(file);
    const parts = readOrderFile((from) => readFileFrom(stored, from), file.limits, file.progress?.position);
    for await (const batch of extractionBatches(file, parts, this.isSelected, timeIsUp)) {
      await this.send(batch);
      if (timeIsUp()) return false;
    }
    return true;
  }

  /** Sends a batch, and then saves the checkpoint. */
  private async send({ messages, next }: ExtractionBatch): Promise<void> {
    await sendOrders(messages, sendBatch);
    const progress = { sent: sentOf(this.file) + messages.length, position: next };
    const { file, conditionFailed } = await updateFile(saveCheckpoint(env.FILES_TABLE_NAME, this.file, progress));
    if (conditionFailed) throw new RetryableError('ExtractionSuperseded', 'another invocation is extracting this file');
    reportCount('OrderExtracted', messages.length);
    this.file = file as CheckedFile;
  }
}

const sentOf = ({ progress }: CheckedFile): number => progress?.sent ?? 0;

async function selectionOf(file: CheckedFile): Promise<(index: number) => boolean> {
  const { bucket, counts } = file;
  if (counts.valid === counts.orders) return () => true;
  const selection = new OrderSelection(await readObject(bucket, selectionKey(file)));
  return (index) => selection.has(index);
}

async function complete({ file, isSelected }: Extraction): Promise<Outcome[]> {
  const { fileId, counts } = file;
  // The report lists the orders to be sent. A different number is a defect that an operator must investigate.
  if (sentOf(file) !== counts.valid) throw new PoisonMessage(`${sentOf(file)} orders were sent, but ${counts.valid} are valid`);
  const now = new Date();
  await publishEvent(publish, fileCompletedEvent(file, now));
  const completed = { ...file, state: 'COMPLETED', completedAt: now.toISOString() } as const;
  await writeObject(file.bucket, summaryKey(file), 'application/json', JSON.stringify(fileView(completed), undefined, 2));
  const { file: stored } = await updateFile(completeFile(env.FILES_TABLE_NAME, file, validByChunk(counts, isSelected!), now));
  // All outcomes may have been recorded already.
  return [{ outcome: 'FileCompleted', fileId }, ...await announceOutcomes(stored, announcement)];
}

/** Sends the message again, so that another invocation continues from the checkpoint. */
async function continueLater(message: FileMessage, afterSeconds?: number, reason?: string): Promise<Outcome[]> {
  await sendMessage(env.QUEUE_URL, message, afterSeconds);
  return [{ outcome: 'FileContinued', ...message, ...(reason ? { reason } : {}) }];
}

/**
 * Continues later if this invocation has sent orders, so that progress does not count towards the maximum receive count. Sends the message of
 * a file that no longer exists to the dead-letter queue.
 */
async function handleError(error: Error, { file, hasProgressed }: Extraction, message: FileMessage): Promise<Outcome[]> {
  if (error instanceof FileUnavailable) throw new PoisonMessage(`${error.code} after ${sentOf(file)} of ${file.counts.valid} orders`);
  if (!hasProgressed || error instanceof PoisonMessage || error.name === 'ExtractionSuperseded') throw error;
  return continueLater(message, RETRY_DELAY, error.name);
}
