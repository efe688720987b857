import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { connectErasure } from '../../../cli/erase/connect-erasure';

const [dynamoDb, s3, sqs] = [mockClient(DynamoDBClient), mockClient(S3Client), mockClient(SQSClient)];
beforeEach(() => [dynamoDb, s3, sqs].forEach((client) => client.reset()));
const aws = connectErasure({ region: 'eu-central-1' }, undefined);

async function all<Item>(pages: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

test('scans all pages of a table, strongly consistent', async () => {
  dynamoDb.on(ScanCommand, { TableName: 't', ConsistentRead: true, ExclusiveStartKey: undefined }).resolves({ Items: [{ a: { S: '1' } }], LastEvaluatedKey: { a: { S: '1' } } });
  dynamoDb.on(ScanCommand, { ExclusiveStartKey: { a: { S: '1' } } }).resolves({ Items: [{ a: { S: '2' } }] });
  expect(await all(aws.scan('t'))).toEqual([{ a: { S: '1' } }, { a: { S: '2' } }]);
});

test('an update reports whether its condition held, and other errors', async () => {
  const update = () => aws.update('t', ['id'], { id: { S: '1' }, a: { S: 'x' } }, { id: { S: '1' }, a: { S: 'y' } });
  dynamoDb.on(UpdateItemCommand).resolvesOnce({}).rejectsOnce(new ConditionalCheckFailedException({ message: 'no', $metadata: {} })).rejects(new Error('throttled'));
  expect([await update(), await update()]).toEqual([true, false]);
  await expect(update()).rejects.toThrow('throttled');
});

test('puts items and deletes messages', async () => {
  await aws.put('t', { a: { S: '1' } });
  await aws.deleteMessage('url', 'handle');
  expect(dynamoDb.commandCalls(PutItemCommand)[0].args[0].input).toEqual({ TableName: 't', Item: { a: { S: '1' } } });
  expect(sqs.commandCalls(DeleteMessageCommand)[0].args[0].input).toEqual({ QueueUrl: 'url', ReceiptHandle: 'handle' });
});

test('lists all versions of objects, reads and deletes them', async () => {
  s3.on(ListObjectVersionsCommand, { Bucket: 'b', Prefix: 'incoming/', KeyMarker: undefined })
    .resolves({ Versions: [{ Key: 'incoming/a', VersionId: '1', Size: 5 }], IsTruncated: true, NextKeyMarker: 'incoming/a', NextVersionIdMarker: '1' });
  s3.on(ListObjectVersionsCommand, { KeyMarker: 'incoming/a', VersionIdMarker: '1' }).resolves({ Versions: [{ Key: 'incoming/b' }] });
  const [version, unversioned] = await all(aws.listVersions('b', 'incoming/'));
  expect([version, unversioned]).toEqual([{ key: 'incoming/a', versionId: '1', bytes: 5 }, { key: 'incoming/b', bytes: 0 }]);
  s3.on(GetObjectCommand, { Bucket: 'b', Key: 'incoming/a', VersionId: '1' }).resolves({ Body: 'content' as never });
  expect(await aws.readVersion('b', version)).toBe('content');
  await aws.deleteVersion('b', version);
  expect(s3.commandCalls(DeleteObjectCommand)[0].args[0].input).toEqual({ Bucket: 'b', Key: 'incoming/a', VersionId: '1' });
});
