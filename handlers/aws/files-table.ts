import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { FilePage, FilePageKey, FileRecord, FileState } from '#shared';
import { clientConfig } from './client-config';
import { FILES_BY_STATE } from '../../src/private/contract';

const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig()));

/** The current record after a write, and whether the write's condition failed. */
export interface FileWriteResult {
  readonly file: FileRecord;
  readonly conditionFailed: boolean;
}

/** Creates the record of a file, unless it exists. */
export const putFile = (TableName: string, file: FileRecord): Promise<FileWriteResult> => withCurrentRecord(async () => {
  await table.send(new PutCommand({
    TableName, Item: file, ConditionExpression: 'attribute_not_exists(fileId)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }));
  return file;
});

/** Updates the record of a file, if the condition of the request holds. */
export const updateFile = (request: UpdateCommandInput): Promise<FileWriteResult> =>
  withCurrentRecord(async () => (await table.send(new UpdateCommand(request))).Attributes as FileRecord);

/** Reads the record of a file with strong consistency. */
export async function getFile(TableName: string, fileId: string): Promise<FileRecord | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName, Key: { fileId }, ConsistentRead: true }));
  return Item as FileRecord | undefined;
}

/** Lists the files in a state, newest first, `limit` at a time. */
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

/** Returns the current record when the condition of a write fails. */
async function withCurrentRecord(write: () => Promise<FileRecord>): Promise<FileWriteResult> {
  try {
    return { file: await write(), conditionFailed: false };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
    return { file: unmarshall(error.Item) as FileRecord, conditionFailed: true };
  }
}
