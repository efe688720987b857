import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { EventObject, EventObjects } from './event-objects';

/** The first bytes of everything that is compressed with gzip. */
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Creates the client of S3. */
export function connectEventObjects(config: S3ClientConfig): EventObjects {
  const client = new S3Client(config);
  return {
    async list(Bucket, Prefix) {
      const objects: EventObject[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        objects.push(...Contents.map(({ Key = '', Size = 0 }) => ({ key: Key, bytes: Size })));
      }
      return objects;
    },
    async readLines(Bucket, Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = Buffer.from(await Body!.transformToByteArray());
      const text = (bytes.subarray(0, GZIP.length).equals(GZIP) ? gunzipSync(bytes) : bytes).toString('utf8');
      return text.split('\n').filter((line) => line.trim() !== '');
    },
  };
}
