import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { FilePage, FilePageKey, FileRecord, FileState } from '#shared';
import { clientConfig } from './client-config';
import { FILES_BY_STATE } from '../../src/private/contract';

const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig()));

/** A record as it stands, and whether that is because the request's condition did not hold. */
export interface WrittenFile {
  readonly file: FileRecord;
  readonly refused: boolean;
}

/** Writes a new file's record, unless there is one. */
export const putFile = (TableName: string, file: FileRecord): Promise<WrittenFile> => writing(async () => {
  await table.send(new PutCommand({
    TableName, Item: file, ConditionExpression: 'attribute_not_exists(fileId)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }));
  return file;
});

/** Updates a file's record under the request's condition. */
export const updateFile = (request: UpdateCommandInput): Promise<WrittenFile> =>
  writing(async () => (await table.send(new UpdateCommand(request))).Attributes as FileRecord);

/** Reads a file's record as it stands after every write that was answered. */
export async function getFile(TableName: string, fileId: string): Promise<FileRecord | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName, Key: { fileId }, ConsistentRead: true }));
  return Item as FileRecord | undefined;
}

/** Files in one state, newest first, `limit` at a time. */
export async function listFiles(TableName: string, state: FileState, limit: number, after?: FilePageKey): Promise<FilePage> {
  const { Items = [], LastEvaluatedKey } = await table.send(new QueryCommand({
    TableName,
    IndexName: FILES_BY_STATE.indexName,
    KeyConditionExpression: '#state = :state',
    ExpressionAttributeNames: { '#state': FILES_BY_STATE.partitionKey },
    ExpressionAttributeValues: { ':state': state },
    ScanIndexForward: false,
    Limit: limit,
    ExclusiveStartKey: after,
  }));
  return { files: Items as FileRecord[], next: LastEvaluatedKey as FilePageKey | undefined };
}

async function writing(write: () => Promise<FileRecord>): Promise<WrittenFile> {
  try {
    return { file: await write(), refused: false };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
    return { file: unmarshall(error.Item) as FileRecord, refused: true };
  }
}
