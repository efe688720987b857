import { createHash, type Hash } from 'node:crypto';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  recordFileCheck, consumeQueue, FileCheck, fileChecked, fileCheckResult, fileView, withDeadline, markNotified, needsAlert, newFileRecord, publishEvent, readEnv,
  readOrderFile, reportKey, summaryKey, timeIsUpIn, uploadedFiles, selectionKey, type CheckedFile, type FileCheckResult, type FileRecord, type Outcome,
  type UploadedFile,
} from '#shared';
import { alert } from './aws/alert-topic';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { eventPublisher } from './aws/event-bus';
import { putFile, updateFile } from './aws/files-table';
import { FileUnavailable, findFile, readFileFrom, writeObject, writeObjectOnce, writeStream, type StoredFile } from './aws/order-files';
import { visibilityBackoff, sendMessage } from './aws/queues';

const env = readEnv('validate-file');
const publish = eventPublisher(env);
const sendToDeadLetterQueue = deadLetterQueue(env);
const retryWithBackoff = visibilityBackoff(env.FILES_QUEUE_URL);

const LIMITS = {
  maxFileSize: Number(env.MAX_FILE_SIZE),
  maxOrderSize: Number(env.MAX_ORDER_SIZE),
  maxOrders: Number(env.MAX_ORDERS_PER_FILE),
};

/** Checks every uploaded file to its end, reports on each of its orders, and lets it be extracted unless it was rejected. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const timeIsUp = timeIsUpIn(context);
  return consumeQueue(event, { summary: 'files checked', consume: (record) => consume(record, timeIsUp), sendToDeadLetterQueue, retryWithBackoff });
};

async function consume({ body }: SQSRecord, timeIsUp: () => boolean): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const upload of uploadedFiles(body)) outcomes.push(await take(upload, timeIsUp));
  return outcomes.length > 0 ? outcomes : [{ outcome: 'NotificationIgnored' }];
}

/** Whatever was done before, by this notification or another one of the same upload, is not done again. */
async function take(upload: UploadedFile, timeIsUp: () => boolean): Promise<Outcome> {
  const { file } = await putFile(env.FILES_TABLE_NAME, newFileRecord(upload, LIMITS, new Date(), Number(env.FILE_HISTORY_RETENTION)));
  const checked = file.state === 'RECEIVED' ? await check(file, timeIsUp) : (file as CheckedFile);
  if (checked.notified) return { outcome: 'FileRepeated', fileId: file.fileId };
  await notify(checked);
  return { outcome: checked.reason ? 'FileRejected' : 'FileValidated', fileId: file.fileId, reason: checked.reason?.code };
}

async function check(file: FileRecord, timeIsUp: () => boolean): Promise<CheckedFile> {
  const findings = await read(file, timeIsUp).catch((error: Error) => {
    if (error instanceof FileUnavailable) return readNothing(file, error);
    throw error;
  });
  const { file: concluded } = await updateFile(recordFileCheck(env.FILES_TABLE_NAME, file.fileId, findings, new Date()));
  return concluded as CheckedFile;
}

/** Reads the file and writes its report meanwhile. */
async function read(file: FileRecord, timeIsUp: () => boolean): Promise<FileCheckResult> {
  const fileCheck = new FileCheck(file.limits);
  const checksum = createHash('sha256');
  const stored = await findFile(file);
  const parts = withDeadline(readOrderFile(() => summed(stored, checksum), file.limits), timeIsUp);
  await writeStream(file.bucket, reportKey(file.fileId), 'application/x-ndjson', fileCheck.report(parts));
  const findings = fileCheckResult(fileCheck, fileCheck.failure ? undefined : checksum.digest('hex'), env.ON_INVALID_ORDER);
  if (!findings.reason && findings.counts.valid < findings.counts.orders) {
    await writeObject(file.bucket, selectionKey(file.fileId), 'application/octet-stream', fileCheck.verdicts.toBytes());
  }
  return findings;
}

/** The file is not there any more: nothing of it counts, unless a notification that was faster got a report out of it. */
async function readNothing({ bucket, fileId }: FileRecord, { code, message }: FileUnavailable): Promise<FileCheckResult> {
  await writeObjectOnce(bucket, reportKey(fileId), 'application/x-ndjson', '');
  return { counts: { orders: 0, valid: 0, repeated: 0, invalid: 0 }, errors: [], reason: { code, message } };
}

async function* summed(stored: StoredFile, checksum: Hash): AsyncGenerator<Uint8Array> {
  for await (const bytes of readFileFrom(stored, 0)) {
    checksum.update(bytes);
    yield bytes;
  }
}

/** Tells everybody. People hear of a bad file even when the systems do not, and only once, but for a crash in between. */
async function notify(file: CheckedFile): Promise<void> {
  const trouble: Error | undefined = await publishFileEvents(file).then(() => undefined, (error) => error);
  if (needsAlert(file) && !file.alerted) {
    await alert(env.ALERT_TOPIC_ARN, file);
    await updateFile(markNotified(env.FILES_TABLE_NAME, file, 'alerted'));
  }
  if (trouble) throw trouble;
  await updateFile(markNotified(env.FILES_TABLE_NAME, file, 'notified'));
}

/** Said again, an event has the same id; sent again, a ticket finds its work done. */
async function publishFileEvents(file: CheckedFile): Promise<void> {
  await publishEvent(publish, fileChecked(file));
  // Extraction writes it again: should it have been faster, its word is the newer one.
  await writeObjectOnce(file.bucket, summaryKey(file.fileId), 'application/json', JSON.stringify(fileView(file), undefined, 2));
  if (!file.reason) await sendMessage(env.VALID_FILES_QUEUE_URL, { fileId: file.fileId });
}
