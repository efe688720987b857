import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { clientConfig } from './client-config';
import type { LocalAws } from './local-aws';

/** An object with streamed events. */
export interface StreamObject {
  readonly key: string;
  readonly lines: readonly string[];
}

/** Reads all objects with events of a stream. The local AWS does not compress them. */
export async function streamObjects(local: LocalAws, Bucket: string): Promise<StreamObject[]> {
  const client = new S3Client({ ...clientConfig(local), forcePathStyle: true });
  const objects: StreamObject[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: 'events/' })) {
    for (const { Key } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = Buffer.from(await Body!.transformToByteArray());
      const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
      objects.push({ key: Key!, lines: text.split('\n').filter((line) => line !== '') });
    }
  }
  return objects;
}
