import { createHash, type Hash } from 'node:crypto';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  consumeQueue, fileAlert, FileCheck, fileCheckedEvent, fileCheckResult, fileView, ignoredBecause, markNotified, needsAlert, newFileRecord,
  NO_TENANT, publishEvent, readEnv, readOrderFile, recordFileCheck, reportKey, selectionKey, summaryKey, timeIsUpIn, uploadedFiles, withDeadline,
  type CheckedFile, type FileCheckResult, type FileReason, type FileRecord, type FileSettings, type IgnoredFiles, type OrderFileLimits, type Outcome,
  type UploadedFile,
} from '#shared';
import { alertPublisher } from './aws/alert-topic';
import { eventPublisher } from './aws/event-bus';
import { queueFailures } from './aws/failure-policies';
import { putFile, updateFile } from './aws/files-table';
import { FileUnavailable, findFile, readFileFrom, writeObject, writeObjectOnce, writeStream, type StoredFile } from './aws/order-files';
import { sendMessage } from './aws/queues';
import type { CsvFormat, ExistingOrderPolicy } from '../src/private/contract';

const env = readEnv('validate-file');
const publish = eventPublisher(env);
const publishAlert = alertPublisher(env.ALERT_TOPIC_ARN);
const onFailure = queueFailures(env);

const LIMITS: OrderFileLimits = {
  maxFileSize: Number(env.MAX_FILE_SIZE),
  maxOrderSize: Number(env.MAX_ORDER_SIZE),
  maxOrders: Number(env.MAX_ORDERS_PER_FILE),
  ...(env.CSV_FORMAT ? { csv: JSON.parse(env.CSV_FORMAT) as CsvFormat } : {}),
};

const SETTINGS: FileSettings = {
  limits: LIMITS,
  onExistingOrder: env.ON_EXISTING_ORDER as ExistingOrderPolicy,
  retentionSeconds: Number(env.FILE_HISTORY_RETENTION),
  hasTenants: env.HAS_TENANTS === 'true',
};

const IGNORED: IgnoredFiles = { names: JSON.parse(env.IGNORED_FILE_NAMES) as string[], empty: env.IGNORE_EMPTY_FILES === 'true' };

/** Checks every uploaded file, writes a report about each of its orders, and starts the extraction unless the file is rejected. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const timeIsUp = timeIsUpIn(context);
  return consumeQueue(event, { summary: 'files checked', consume: (record) => consume(record, timeIsUp), onFailure });
};

async function consume({ body }: SQSRecord, timeIsUp: () => boolean): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const upload of uploadedFiles(body)) outcomes.push(await processUpload(upload, timeIsUp));
  return outcomes.length > 0 ? outcomes : [{ outcome: 'NotificationIgnored' }];
}

/** Skips the steps that an earlier notification of the same upload has completed. */
async function processUpload(upload: UploadedFile, timeIsUp: () => boolean): Promise<Outcome> {
  const reason = ignoredBecause(upload, IGNORED);
  if (reason) return { outcome: 'FileIgnored', fileId: upload.fileId, reason };
  const { file } = await putFile(env.FILES_TABLE_NAME, newFileRecord(upload, SETTINGS, new Date()));
  const checked = file.state === 'RECEIVED' ? await checkFile(file, timeIsUp) : (file as CheckedFile);
  if (checked.notified) return { outcome: 'FileRepeated', fileId: file.fileId };
  await notify(checked);
  return { outcome: checked.reason ? 'FileRejected' : 'FileValidated', fileId: file.fileId, reason: checked.reason?.code };
}

async function checkFile(file: FileRecord, timeIsUp: () => boolean): Promise<CheckedFile> {
  const hasNoTenant = SETTINGS.hasTenants && file.tenant === undefined;
  const result = hasNoTenant ? await rejectedUnread(file, NO_TENANT) : await readFile(file, timeIsUp).catch((error: Error) => {
    if (error instanceof FileUnavailable) return rejectedUnread(file, error);
    throw error;
  });
  const { file: checked } = await updateFile(recordFileCheck(env.FILES_TABLE_NAME, file, result, new Date()));
  return checked as CheckedFile;
}

/** Reads the file, and writes the report at the same time. */
async function readFile(file: FileRecord, timeIsUp: () => boolean): Promise<FileCheckResult> {
  const fileCheck = new FileCheck(file.limits);
  const checksum = createHash('sha256');
  const stored = await findFile(file);
  const parts = withDeadline(readOrderFile(() => withChecksum(stored, checksum), file.limits), timeIsUp);
  await writeStream(file.bucket, reportKey(file), 'application/x-ndjson', fileCheck.report(parts));
  const result = fileCheckResult(fileCheck, fileCheck.failure ? undefined : checksum.digest('hex'), env.ON_INVALID_ORDER);
  if (!result.reason && result.counts.valid < result.counts.orders) {
    await writeObject(file.bucket, selectionKey(file), 'application/octet-stream', fileCheck.selection.toBytes());
  }
  return result;
}

/** Creates the result for a file that cannot be read, such as one that no longer exists. Keeps the report of another invocation that read the file in time. */
async function rejectedUnread(file: FileRecord, { code, message }: FileReason): Promise<FileCheckResult> {
  await writeObjectOnce(file.bucket, reportKey(file), 'application/x-ndjson', '');
  return { counts: { orders: 0, valid: 0, repeated: 0, invalid: 0 }, errors: [], reason: { code, message } };
}

async function* withChecksum(stored: StoredFile, checksum: Hash): AsyncGenerator<Uint8Array> {
  for await (const bytes of readFileFrom(stored, 0)) {
    checksum.update(bytes);
    yield bytes;
  }
}

/** Publishes the events and the alert. The alert does not depend on the event bus, and is repeated only after a crash. */
async function notify(file: CheckedFile): Promise<void> {
  const publishError: Error | undefined = await publishFileEvents(file).then(() => undefined, (error) => error);
  if (needsAlert(file) && !file.alerted) {
    await publishAlert(fileAlert(file));
    await updateFile(markNotified(env.FILES_TABLE_NAME, file, 'alerted'));
  }
  if (publishError) throw publishError;
  await updateFile(markNotified(env.FILES_TABLE_NAME, file, 'notified'));
}

/** Repeats are idempotent: a repeated event has the same ID, and a repeated message finds the file extracted. */
async function publishFileEvents(file: CheckedFile): Promise<void> {
  await publishEvent(publish, fileCheckedEvent(file));
  // Extraction writes the summary again. If it was faster, its summary is newer and must not be replaced.
  await writeObjectOnce(file.bucket, summaryKey(file), 'application/json', JSON.stringify(fileView(file), undefined, 2));
  if (!file.reason) await sendMessage(env.VALID_FILES_QUEUE_URL, { fileId: file.fileId });
}
