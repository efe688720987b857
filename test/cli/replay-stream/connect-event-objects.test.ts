import { gzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { connectEventObjects } from '../../../cli/replay-stream/connect-event-objects';

const s3 = mockClient(S3Client);
beforeEach(() => {
  s3.reset();
});
const objects = connectEventObjects({ region: 'eu-central-1' });
const contains = (bytes: Buffer) => s3.on(GetObjectCommand, { Bucket: 'lake', Key: 'k' }).resolves({ Body: { transformToByteArray: async () => bytes } as never });

test('lists all pages of the objects under a prefix', async () => {
  s3.on(ListObjectsV2Command, { Bucket: 'lake', Prefix: 'events/', ContinuationToken: undefined })
    .resolves({ Contents: [{ Key: 'events/1', Size: 5 }], IsTruncated: true, NextContinuationToken: 'more' });
  s3.on(ListObjectsV2Command, { Bucket: 'lake', Prefix: 'events/', ContinuationToken: 'more' }).resolves({ Contents: [{ Key: 'events/2', Size: 7 }] });
  expect(await objects.list('lake', 'events/')).toEqual([{ key: 'events/1', bytes: 5 }, { key: 'events/2', bytes: 7 }]);
});

test('lists no objects of a day without events', async () => {
  s3.on(ListObjectsV2Command).resolves({});
  expect(await objects.list('lake', 'events/')).toEqual([]);
});

test.each([
  ['a compressed object', gzipSync('{"a":"é"}\n{"b":1}\n')],
  ['an object of several compressed parts', Buffer.concat([gzipSync('{"a":"é"}\n'), gzipSync('{"b":1}\n')])],
  ['an object that is not compressed', Buffer.from('{"a":"é"}\n\n{"b":1}')],
])('reads the lines of %s', async (_, bytes) => {
  contains(bytes);
  expect(await objects.readLines('lake', 'k')).toEqual(['{"a":"é"}', '{"b":1}']);
});
