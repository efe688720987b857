import { createHash } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  concludeFile, consumeQueue, FileCheck, fileChecked, fileFindings, fileView, markAnnounced, needsAlert, newFileRecord, readEnv, readOrderFile,
  reportKey, summaryKey, uploadedFiles, verdictsKey, type CheckedFile, type FileRecord, type Outcome, type UploadedFile,
} from '#shared';
import { alert } from './aws/alert-topic';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { publisher } from './aws/event-bus';
import { putFile, updateFile } from './aws/files-table';
import { FileUnavailable, findFile, readFileFrom, writeObject, writeObjectOnce, writeStream, type StoredFile } from './aws/order-files';
import { sendMessage } from './aws/queues';

const env = readEnv('validate-file');
const publish = publisher(env);
const setAside = deadLetterQueue(env);

const LIMITS = {
  maxFileSize: Number(env.MAX_FILE_SIZE),
  maxOrderSize: Number(env.MAX_ORDER_SIZE),
  maxOrders: Number(env.MAX_ORDERS_PER_FILE),
};

/** Checks every uploaded file to its end, reports on each of its orders, and lets it be extracted if there is something to send. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'files checked', consume, setAside });

async function consume({ body }: SQSRecord): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const upload of uploadedFiles(body)) outcomes.push(await take(upload));
  return outcomes.length === 1 ? outcomes[0] : { outcome: outcomes.length === 0 ? 'NotificationIgnored' : 'FilesChecked' };
}

/** Whatever was done before, by this notification or another one of the same upload, is not done again. */
async function take(upload: UploadedFile): Promise<Outcome> {
  const { file } = await putFile(env.FILES_TABLE_NAME, newFileRecord(upload, LIMITS, new Date(), Number(env.FILE_HISTORY_RETENTION)));
  const checked = file.state === 'RECEIVED' ? await check(file) : (file as CheckedFile);
  if (checked.announced) return { outcome: 'FileRepeated', fileId: file.fileId };
  await announce(checked);
  return { outcome: checked.reason ? 'FileRejected' : 'FileValidated', fileId: file.fileId, reason: checked.reason?.code };
}

async function check(file: FileRecord): Promise<CheckedFile> {
  const { fileCheck, checksum } = await read(file);
  const findings = fileFindings(fileCheck, checksum, env.ON_INVALID_ORDER);
  if (!findings.reason && findings.counts.valid < findings.counts.orders) {
    await writeObject(file.bucket, verdictsKey(file.fileId), 'application/octet-stream', fileCheck.verdicts.toBytes());
  }
  const { file: concluded } = await updateFile(concludeFile(env.FILES_TABLE_NAME, file.fileId, findings, new Date()));
  return concluded as CheckedFile;
}

/** What reading showed. */
interface ReadFile {
  readonly fileCheck: FileCheck;
  /** When all of it was read. */
  readonly checksum?: string;
}

/** Reads the file and writes its report meanwhile. */
async function read(file: FileRecord): Promise<ReadFile> {
  const fileCheck = new FileCheck(file.limits);
  const checksum = createHash('sha256');
  try {
    const stored = await findFile(file);
    const parts = readOrderFile(() => summed(stored, checksum), file.limits);
    await writeStream(file.bucket, reportKey(file.fileId), 'application/x-ndjson', fileCheck.report(parts));
    return { fileCheck, checksum: fileCheck.failure ? undefined : checksum.digest('hex') };
  } catch (error) {
    if (!(error instanceof FileUnavailable)) throw error;
    return readNothing(file, error);
  }
}

/** The file is not there any more: nothing of it counts, unless a notification that was faster got a report out of it. */
async function readNothing(file: FileRecord, { code, message }: FileUnavailable): Promise<ReadFile> {
  const fileCheck = new FileCheck(file.limits);
  fileCheck.failure = { code, message };
  await writeObjectOnce(file.bucket, reportKey(file.fileId), 'application/x-ndjson', '');
  return { fileCheck };
}

async function* summed(stored: StoredFile, checksum: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  for await (const bytes of readFileFrom(stored, 0)) {
    checksum.update(bytes);
    yield bytes;
  }
}

/** Tells everybody once, but for a crash in between: then again. Events have the same id then. */
async function announce(file: CheckedFile): Promise<void> {
  const event = fileChecked(file);
  const failures = await publish([event]);
  if (failures.has(event)) throw failures.get(event);
  // Extraction writes it again: should it have been faster, its word is the newer one.
  await writeObjectOnce(file.bucket, summaryKey(file.fileId), 'application/json', JSON.stringify(fileView(file), undefined, 2));
  if (!file.reason) await sendMessage(env.VALID_FILES_QUEUE_URL, { fileId: file.fileId });
  if (needsAlert(file)) await alert(env.ALERT_TOPIC_ARN, file);
  await updateFile(markAnnounced(env.FILES_TABLE_NAME, file));
}
