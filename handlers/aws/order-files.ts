import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { UploadedFile } from '#shared';
import { clientConfig } from './client-config';
import { isListed } from './is-listed';

const s3 = new S3Client(clientConfig({ requestTimeout: 15_000, socketTimeout: 15_000 }));

/** The number of bytes that one request reads. */
const RANGE_SIZE = 4 * 1024 * 1024;
/** The part size of a multipart upload; the minimum of S3 is 5 MiB. */
const PART_SIZE = 5 * 1024 * 1024;

/** An object in S3 with a fixed content: reads fail if the content has changed. */
export interface StoredFile {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  readonly etag: string;
  readonly size: number;
}

/** The uploaded content no longer exists. */
export class FileUnavailable extends Error {
  constructor(readonly code: 'FILE_GONE' | 'FILE_OVERWRITTEN', message: string) {
    super(message);
    this.name = 'FileUnavailable';
  }
}

/**
 * Finds an uploaded file.
 *
 * @throws FileUnavailable when the file was deleted, or overwritten since the notification.
 */
export async function findFile({ bucket, key, versionId, etag }: UploadedFile): Promise<StoredFile> {
  const request = new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId });
  const head = await withFileErrors({ bucket, key, versionId }, () => s3.send(request));
  const current = unquoted(head.ETag);
  if (etag !== '' && current !== unquoted(etag)) throw overwritten();
  return { bucket, key, versionId, etag: current, size: head.ContentLength ?? 0 };
}

/** Reads a file from a byte offset to its end, in ranges. It fetches the next range while the caller uses the current one. */
export async function* readFileFrom(file: StoredFile, from: number): AsyncGenerator<Uint8Array> {
  let next = from < file.size ? readRange(file, from) : undefined;
  for (let at = from; next; at += RANGE_SIZE) {
    const bytes = await next;
    next = at + RANGE_SIZE < file.size ? readRange(file, at + RANGE_SIZE) : undefined;
    // The error is thrown when this range is awaited.
    next?.catch(() => undefined);
    yield bytes;
  }
}

const readRange = (file: StoredFile, from: number): Promise<Uint8Array> => withFileErrors(file, async () => {
  const { bucket, key, versionId, etag, size } = file;
  const end = Math.min(from + RANGE_SIZE, size);
  const { Body, ContentRange } = await s3.send(new GetObjectCommand({
    Bucket: bucket, Key: key, VersionId: versionId, IfMatch: `"${etag}"`, Range: `bytes=${from}-${end - 1}`,
  }));
  const body = await Body!.transformToByteArray();
  // HTTP allows a response with the whole content instead of the range; some S3-compatible servers do that.
  const bytes = ContentRange ? body : body.subarray(from, end);
  if (bytes.length !== end - from) throw new Error(`S3 returned ${bytes.length} bytes of ${key} from byte ${from} instead of ${end - from}`);
  return bytes;
});

/** Writes an object as a stream. Its memory does not grow with the object. */
export async function writeStream(Bucket: string, Key: string, ContentType: string, text: AsyncIterable<string>): Promise<void> {
  const Body = Readable.from(encoded(text), { objectMode: false });
  await new Upload({ client: s3, params: { Bucket, Key, ContentType, Body }, partSize: PART_SIZE, queueSize: 1 }).done();
}

/** Writes a small object. */
export const writeObject = (Bucket: string, Key: string, ContentType: string, Body: string | Uint8Array) =>
  s3.send(new PutObjectCommand({ Bucket, Key, ContentType, Body }));

/** Writes a small object, unless it exists. */
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

/** Converts S3 errors about missing or changed content. S3 can report missing content as access denied. */
async function withFileErrors<T>(file: Pick<StoredFile, 'bucket' | 'key' | 'versionId'>, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || (status === 403 && await isKnownMissing(file))) throw new FileUnavailable('FILE_GONE', 'the file was deleted before it was read');
    if (status === 412) throw overwritten();
    throw error;
  }
}

/** Whether S3 confirms that an object is missing. If it denies the list, too, the first error is the one to report. */
const isKnownMissing = (file: Parameters<typeof isListed>[1]): Promise<boolean> => isListed(s3, file).then((listed) => !listed, () => false);

const statusOf = (error: unknown): number | undefined => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined);

const overwritten = () => new FileUnavailable('FILE_OVERWRITTEN', 'the file was overwritten before it was read; the new content is processed as a separate file');

const unquoted = (etag: string | undefined): string => (etag ?? '').replace(/^"|"$/g, '');
