import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { fileStateKey, stateKeyOf, type FileListQuery, type FilePage, type FilePageKey, type FileRecord } from '#shared';
import { documents } from './documents';
import { FILE_PART, FILES_BY_STATE } from '../../src/private/contract';

/** The current record after a write, and whether the write's condition failed. */
export interface FileWriteResult {
  readonly file: FileRecord;
  readonly conditionFailed: boolean;
}

/** Creates the record of a file, unless it exists. */
export const putFile = (TableName: string, file: FileRecord): Promise<FileWriteResult> => withCurrentRecord(async () => {
  await documents.send(new PutCommand({
    TableName, Item: { ...file, part: FILE_PART, ...stateKeyOf(file.tenant, file.state) }, ConditionExpression: 'attribute_not_exists(fileId)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }));
  return file;
});

/** Updates the record of a file, if the condition of the request holds. */
export const updateFile = (request: UpdateCommandInput): Promise<FileWriteResult> =>
  withCurrentRecord(async () => toRecord((await documents.send(new UpdateCommand(request))).Attributes!));

/** Reads the record of a file with strong consistency. */
export async function getFile(TableName: string, fileId: string): Promise<FileRecord | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { fileId, part: FILE_PART }, ConsistentRead: true }));
  return Item && toRecord(Item);
}

/** Lists the files of a tenant in a state, newest first, `limit` at a time. */
export async function listFiles(TableName: string, { tenant, state, limit, after }: FileListQuery): Promise<FilePage> {
  const { Items = [], LastEvaluatedKey } = await documents.send(new QueryCommand({
    TableName,
    IndexName: FILES_BY_STATE.indexName,
    KeyConditionExpression: '#state = :state',
    ExpressionAttributeNames: { '#state': FILES_BY_STATE.partitionKey },
    ExpressionAttributeValues: { ':state': fileStateKey(tenant, state) },
    ScanIndexForward: false,
    Limit: limit,
    ExclusiveStartKey: after && { ...after, part: FILE_PART, ...stateKeyOf(tenant, state) },
  }));
  return { files: Items.map(toRecord), next: LastEvaluatedKey && toPageKey(LastEvaluatedKey) };
}

/** Returns the current record when the condition of a write fails. */
async function withCurrentRecord(write: () => Promise<FileRecord>): Promise<FileWriteResult> {
  try {
    return { file: await write(), conditionFailed: false };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
    return { file: toRecord(unmarshall(error.Item)), conditionFailed: true };
  }
}

const toRecord = ({ part, [FILES_BY_STATE.partitionKey]: stateKey, ...file }: Record<string, unknown>): FileRecord => file as unknown as FileRecord;
const toPageKey = ({ fileId, receivedAt }: Record<string, unknown>): FilePageKey => ({ fileId, receivedAt }) as FilePageKey;
