import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand, S3Client, type ListObjectVersionsCommandOutput } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ErasureAws, ObjectVersion } from './erasure-aws';
import { itemUpdate } from './item-update';
import type { Attributes } from '../../handlers/aws/attribute-values';
import { orderStore } from '../../handlers/aws/orders-table';

/**
 * Creates the clients of an erasure.
 *
 * @param endpoint the local AWS; undefined with AWS itself.
 */
export function connectErasure(config: { readonly region?: string; readonly profile?: string }, endpoint: string | undefined): ErasureAws {
  const dynamoDb = new DynamoDBClient(config);
  const sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
  return {
    orders: orderStore,
    scan: (table) => scan(dynamoDb, table),
    async update(TableName, keys, before, after) {
      try {
        await dynamoDb.send(new UpdateItemCommand({ TableName, ...itemUpdate(keys, before, after) }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    put: (TableName, Item) => dynamoDb.send(new PutItemCommand({ TableName, Item })),
    deleteMessage: (QueueUrl, ReceiptHandle) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
    ...connectFiles(new S3Client({ ...config, ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }) })),
  };
}

async function* scan(client: DynamoDBClient, TableName: string): AsyncGenerator<readonly Attributes[]> {
  for (let start: Attributes | undefined; ;) {
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey: start }));
    yield Items;
    start = LastEvaluatedKey;
    if (!start) return;
  }
}

const connectFiles = (s3: S3Client): Pick<ErasureAws, 'listVersions' | 'readVersion' | 'deleteVersion'> => ({
  listVersions: (bucket, prefix) => listVersions(s3, bucket, prefix),
  readVersion: async (Bucket, { key: Key, versionId: VersionId }) =>
    (await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body as unknown as AsyncIterable<Uint8Array>,
  deleteVersion: (Bucket, { key: Key, versionId: VersionId }) => s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId })),
});

async function* listVersions(s3: S3Client, Bucket: string, Prefix: string): AsyncGenerator<readonly ObjectVersion[]> {
  for (let from: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } | undefined = {}; from;) {
    const page: ListObjectVersionsCommandOutput = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix, ...from }));
    yield (page.Versions ?? []).map(({ Key = '', VersionId, Size = 0 }) => ({ key: Key, bytes: Size, ...(VersionId === undefined ? {} : { versionId: VersionId }) }));
    from = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
}
