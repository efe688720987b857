import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { countByOutcome, type OutcomeChunk, type OutcomeCounts, type OutcomeStore, type RejectedFileOrder, type RejectedOrderPage } from '#shared';
import { documents } from './documents';

/** The prefixes of the sort keys of a file's other items: chunks of outcomes, and rejected orders. */
const PREFIX = { chunk: 'OUTCOMES#', rejection: 'REJECTED#' } as const;

/** Digits make keys sort like their numbers. */
const chunkPart = (chunk: number): string => PREFIX.chunk + String(chunk).padStart(6, '0');
const rejectionPart = (index: number): string => PREFIX.rejection + String(index).padStart(8, '0');

/** Stores the outcomes of the orders of files in the files table. */
export const outcomeStore = (TableName: string): OutcomeStore => ({
  async loadChunk(fileId, chunk) {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: { fileId, part: chunkPart(chunk) }, ConsistentRead: true }));
    return Item && withoutPart<OutcomeChunk>(Item);
  },
  async saveChunk(chunk) {
    const Item = { ...chunk, part: chunkPart(chunk.chunk) };
    try {
      await documents.send(new PutCommand({ TableName, Item, ...onlyAfter(chunk.revision - 1), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
      return { written: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { written: false, current: error.Item && withoutPart<OutcomeChunk>(unmarshall(error.Item)) };
    }
  },
  saveRejection: (order) => documents.send(new PutCommand({ TableName, Item: { ...order, part: rejectionPart(order.index) } })),
});

const onlyAfter = (revision: number) => (revision === 0
  ? { ConditionExpression: 'attribute_not_exists(fileId)' }
  : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': revision } });

/** Counts the known outcomes of a file, strongly consistent: one read for each megabyte, which has the outcomes of about three million orders. */
export async function countFileOutcomes(TableName: string, fileId: string): Promise<OutcomeCounts> {
  const chunks: OutcomeChunk[] = [];
  for (let start: Key | undefined; ;) {
    const request = { ...partsOf(TableName, fileId, PREFIX.chunk), ExclusiveStartKey: start };
    const { Items = [], LastEvaluatedKey } = await documents.send(new QueryCommand(request));
    chunks.push(...Items.map((item) => withoutPart<OutcomeChunk>(item)));
    start = LastEvaluatedKey;
    if (!start) return countByOutcome(chunks);
  }
}

/** Lists the rejected orders of a file by their index, `limit` at a time. */
export async function listRejectedOrders(TableName: string, fileId: string, limit: number, after?: number): Promise<RejectedOrderPage> {
  const { Items = [], LastEvaluatedKey } = await documents.send(new QueryCommand({
    ...partsOf(TableName, fileId, PREFIX.rejection),
    Limit: limit,
    ExclusiveStartKey: after === undefined ? undefined : { fileId, part: rejectionPart(after) },
  }));
  const orders = Items.map((item) => withoutPart<RejectedFileOrder>(item));
  return { orders, next: LastEvaluatedKey && orders.at(-1)?.index };
}

type Key = QueryCommandInput['ExclusiveStartKey'];

const partsOf = (TableName: string, fileId: string, prefix: string): QueryCommandInput => ({
  TableName,
  KeyConditionExpression: 'fileId = :fileId AND begins_with(#part, :prefix)',
  ExpressionAttributeNames: { '#part': 'part' },
  ExpressionAttributeValues: { ':fileId': fileId, ':prefix': prefix },
  ConsistentRead: true,
});

const withoutPart = <Value>({ part, ...value }: Record<string, unknown>): Value => value as Value;
