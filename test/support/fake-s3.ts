import { createHash } from 'node:crypto';
import {
  S3ServiceException, type CompleteMultipartUploadCommandInput, type GetObjectCommandInput, type ListObjectsV2CommandInput,
  type ListObjectVersionsCommandInput, type PutObjectCommandInput, type UploadPartCommandInput,
} from '@aws-sdk/client-s3';

/** S3's minimum size of a part, except for the last one. */
const SMALLEST_PART = 5 * 1024 * 1024;

/** An object, or one version of it. */
interface StoredObject {
  readonly versionId: string;
  readonly etag: string;
  readonly bytes: Buffer;
  readonly isDeleteMarker?: boolean;
}

/** An upload, as in a notification of S3. */
export interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly eTag: string;
  readonly size: number;
  readonly sequencer: string;
  readonly versionId?: string;
}

type Place = Pick<GetObjectCommandInput, 'Bucket' | 'Key' | 'VersionId'>;

/** S3 in memory, with or without versioning, with the operations for order files and reports. */
export class FakeS3 {
  /** Returns the whole object for any range, as HTTP allows. */
  ignoresRanges = false;
  /** `403 for missing`: missing objects are reported as access denied. `403 for all`: no object can be read. `403 for all and lists`: nor listed. */
  denies?: '403 for missing' | '403 for all' | '403 for all and lists';
  /** The most versions in a list. */
  mostVersions = 1000;
  /** Multipart uploads that are neither completed nor aborted. */
  readonly pending = new Map<string, Map<number, Buffer>>();
  private readonly objects = new Map<string, StoredObject[]>();
  private count = 0;

  constructor(private readonly keepsVersions = true) {}

  /** Uploads a file. */
  upload(key: string, content: string | Uint8Array, bucket = 'files'): Upload {
    const { versionId, etag, bytes } = this.store({ Bucket: bucket, Key: key }, Buffer.from(content));
    return {
      bucket, key, eTag: etag, size: bytes.length, sequencer: `00${(0x55aed6dcd + this.count).toString(16).toUpperCase()}`, ...(this.keepsVersions ? { versionId } : {}),
    };
  }

  /** Deletes a file. Its versions remain. */
  delete(key: string, bucket = 'files'): void {
    this.keep({ Bucket: bucket, Key: key }, { versionId: `version-${++this.count}`, etag: '', bytes: Buffer.alloc(0), isDeleteMarker: true });
  }

  /** Deletes a file with all of its versions. */
  erase(key: string, bucket = 'files'): void {
    this.objects.delete(`${bucket}/${key}`);
  }

  /** Returns the bytes of the newest version. */
  read(key: string, bucket = 'files'): Buffer {
    return this.find({ Bucket: bucket, Key: key }).bytes;
  }

  has(key: string, bucket = 'files'): boolean {
    const newest = this.objects.get(`${bucket}/${key}`)?.at(-1);
    return newest !== undefined && !newest.isDeleteMarker;
  }

  headObject(place: Place) {
    const { etag, versionId, bytes } = this.find(place);
    return { ETag: `"${etag}"`, ContentLength: bytes.length, ...(this.keepsVersions ? { VersionId: versionId } : {}) };
  }

  getObject({ IfMatch, Range, ...place }: GetObjectCommandInput) {
    const { etag, bytes } = this.find(place);
    if (IfMatch !== undefined && IfMatch !== `"${etag}"`) throw failure(412, 'PreconditionFailed');
    if (Range === undefined || this.ignoresRanges) return { ETag: `"${etag}"`, Body: bodyOf(bytes) };
    const [first, last] = /^bytes=(\d+)-(\d+)$/.exec(Range)!.slice(1).map(Number);
    if (first >= bytes.length || last < first) throw failure(416, 'InvalidRange');
    return { ETag: `"${etag}"`, Body: bodyOf(bytes.subarray(first, last + 1)), ContentRange: `bytes ${first}-${last}/${bytes.length}` };
  }

  listObjects({ Bucket, Prefix, MaxKeys }: ListObjectsV2CommandInput) {
    this.assertListable();
    const keys = this.keysIn(Bucket!, Prefix!).filter((key) => this.has(key, Bucket));
    return { Contents: keys.slice(0, MaxKeys).map((Key) => ({ Key })) };
  }

  /** Lists versions by key, and those of a key newest first. */
  listVersions({ Bucket, Prefix, KeyMarker, VersionIdMarker }: ListObjectVersionsCommandInput) {
    this.assertListable();
    const all = this.keysIn(Bucket!, Prefix!).flatMap((Key) =>
      this.objects.get(`${Bucket}/${Key}`)!.filter(({ isDeleteMarker }) => !isDeleteMarker).map(({ versionId: VersionId }) => ({ Key, VersionId })).reverse());
    const from = all.findIndex(({ Key, VersionId }) => Key === KeyMarker && VersionId === VersionIdMarker) + 1;
    const Versions = all.slice(from, from + this.mostVersions);
    const IsTruncated = from + this.mostVersions < all.length;
    const last = Versions.at(-1);
    return { Versions, IsTruncated, ...(IsTruncated ? { NextKeyMarker: last!.Key, NextVersionIdMarker: last!.VersionId } : {}) };
  }

  putObject({ Body, IfNoneMatch, ...place }: PutObjectCommandInput) {
    if (IfNoneMatch === '*' && this.has(place.Key!, place.Bucket)) throw failure(412, 'PreconditionFailed');
    return { ETag: `"${this.store(place, Buffer.from(Body as Uint8Array)).etag}"` };
  }

  createMultipartUpload(): { UploadId: string } {
    const UploadId = `upload-${++this.count}`;
    this.pending.set(UploadId, new Map());
    return { UploadId };
  }

  uploadPart({ UploadId, PartNumber, Body }: UploadPartCommandInput) {
    const bytes = Buffer.from(Body as Uint8Array);
    this.parts(UploadId).set(PartNumber!, bytes);
    return { ETag: `"${md5(bytes)}"` };
  }

  completeMultipartUpload({ UploadId, MultipartUpload, ...place }: CompleteMultipartUploadCommandInput) {
    const stored = this.parts(UploadId);
    const parts = (MultipartUpload?.Parts ?? []).map(({ PartNumber, ETag }) => {
      const bytes = stored.get(PartNumber!);
      if (!bytes || ETag !== `"${md5(bytes)}"`) throw failure(400, 'InvalidPart');
      return bytes;
    });
    if (parts.slice(0, -1).some(({ length }) => length < SMALLEST_PART)) throw failure(400, 'EntityTooSmall');
    this.pending.delete(UploadId!);
    return { ETag: `"${this.store(place, Buffer.concat(parts)).etag}"` };
  }

  abortMultipartUpload({ UploadId }: { UploadId?: string }) {
    this.pending.delete(UploadId!);
    return {};
  }

  private assertListable(): void {
    if (this.denies === '403 for all and lists') throw failure(403, 'AccessDenied');
  }

  private keysIn(bucket: string, prefix: string): string[] {
    const place = `${bucket}/`;
    return [...this.objects.keys()].filter((each) => each.startsWith(place + prefix)).map((each) => each.slice(place.length)).sort();
  }

  private parts(uploadId: string | undefined): Map<number, Buffer> {
    const parts = this.pending.get(uploadId!);
    if (!parts) throw failure(404, 'NoSuchUpload');
    return parts;
  }

  private find({ Bucket, Key, VersionId }: Place): StoredObject {
    const versions = this.objects.get(`${Bucket}/${Key}`) ?? [];
    const found = VersionId === undefined ? versions.at(-1) : versions.find(({ versionId }) => versionId === VersionId);
    if (this.denies && (this.denies !== '403 for missing' || !found)) throw failure(403, 'AccessDenied');
    if (!found || found.isDeleteMarker) throw failure(404, VersionId === undefined ? 'NoSuchKey' : 'NoSuchVersion');
    return found;
  }

  private store(place: Place, bytes: Buffer): StoredObject {
    const stored = { versionId: `version-${++this.count}`, etag: md5(bytes), bytes };
    this.keep(place, stored);
    return stored;
  }

  private keep({ Bucket, Key }: Place, version: StoredObject): void {
    const place = `${Bucket}/${Key}`;
    this.objects.set(place, [...(this.keepsVersions ? this.objects.get(place) ?? [] : []), version]);
  }
}

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

const bodyOf = (bytes: Buffer) => ({ transformToByteArray: async () => new Uint8Array(bytes) });

const failure = (httpStatusCode: number, name: string) =>
  new S3ServiceException({ name, message: name, $fault: 'client', $metadata: { httpStatusCode } });
