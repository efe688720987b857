import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { UploadedFile } from '#shared';
import { clientConfig } from './client-config';

const s3 = new S3Client(clientConfig({ requestTimeout: 15_000, socketTimeout: 15_000 }));

/** So much of a file is read by one request, which the SDK repeats as a whole if it fails. */
const RANGE = 4 * 1024 * 1024;
/** A part of a report's upload; S3's smallest is 5 MiB. */
const REPORT_PART = 5 * 1024 * 1024;

/** A file as it is stored: whatever is read of it is read of this very content. */
export interface StoredFile {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  readonly etag: string;
  readonly size: number;
}

/** The file can no longer be read as it was uploaded. */
export class FileUnavailable extends Error {
  constructor(readonly code: 'FILE_GONE' | 'FILE_OVERWRITTEN', message: string) {
    super(message);
    this.name = 'FileUnavailable';
  }
}

/**
 * Looks a file up.
 *
 * @throws FileUnavailable when it was deleted, or overwritten since the notification.
 */
export async function findFile({ bucket, key, versionId, etag }: UploadedFile): Promise<StoredFile> {
  const head = await whileAvailable(() => s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId })));
  const current = unquoted(head.ETag);
  if (etag !== '' && current !== unquoted(etag)) throw overwritten();
  return { bucket, key, versionId, etag: current, size: head.ContentLength ?? 0 };
}

/** Reads a file's bytes from an offset on, one range after the other; the next one is fetched while one is used. */
export async function* readFileFrom(file: StoredFile, from: number): AsyncGenerator<Uint8Array> {
  let next = from < file.size ? readRange(file, from) : undefined;
  for (let at = from; next; at += RANGE) {
    const bytes = await next;
    next = at + RANGE < file.size ? readRange(file, at + RANGE) : undefined;
    // A failure is thrown when its turn comes, and not before.
    next?.catch(() => undefined);
    yield bytes;
  }
}

const readRange = ({ bucket, key, versionId, etag, size }: StoredFile, from: number): Promise<Uint8Array> => whileAvailable(async () => {
  const end = Math.min(from + RANGE, size);
  const { Body, ContentRange } = await s3.send(new GetObjectCommand({
    Bucket: bucket, Key: key, VersionId: versionId, IfMatch: `"${etag}"`, Range: `bytes=${from}-${end - 1}`,
  }));
  const body = await Body!.transformToByteArray();
  // HTTP lets a server answer with the whole instead of the range, and some that speak S3 do.
  const bytes = ContentRange ? body : body.subarray(from, end);
  if (bytes.length !== end - from) throw new Error(`S3 gave ${bytes.length} bytes of ${key} from byte ${from} on instead of ${end - from}`);
  return bytes;
});

/** Writes an object as a stream, in memory that does not grow with it. */
export async function writeStream(Bucket: string, Key: string, ContentType: string, text: AsyncIterable<string>): Promise<void> {
  const Body = Readable.from(encoded(text), { objectMode: false });
  await new Upload({ client: s3, params: { Bucket, Key, ContentType, Body }, partSize: REPORT_PART, queueSize: 1 }).done();
}

/** Writes a small object. */
export const writeObject = (Bucket: string, Key: string, ContentType: string, Body: string | Uint8Array) =>
  s3.send(new PutObjectCommand({ Bucket, Key, ContentType, Body }));

/** Writes a small object unless there is one. */
export async function writeObjectOnce(Bucket: string, Key: string, ContentType: string, Body: string): Promise<void> {
  try {
    await s3.send(new PutObjectCommand({ Bucket, Key, ContentType, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (statusOf(error) !== 412) throw error;
  }
}

/** Reads a small object. */
export async function readObject(Bucket: string, Key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Body!.transformToByteArray();
}

async function* encoded(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of text) yield Buffer.from(piece);
}

async function whileAvailable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) throw new FileUnavailable('FILE_GONE', 'the file was deleted before it was read');
    if (status === 412) throw overwritten();
    throw error;
  }
}

const statusOf = (error: unknown): number | undefined => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined);

const overwritten = () => new FileUnavailable('FILE_OVERWRITTEN', 'the file was overwritten before it was read; what overwrote it is a file of its own');

const unquoted = (etag: string | undefined): string => (etag ?? '').replace(/^"|"$/g, '');
