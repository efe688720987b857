import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { GetCommandInput, PutCommandInput, QueryCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { assertAllUsed, meets, updated, type Item } from './dynamodb-expressions';
import type { FileRecord } from '../../handlers/shared/files';

const LARGEST_ITEM = 400 * 1024;

/** The files table in memory. It evaluates every condition, and rejects what DynamoDB cannot store. */
export class FakeFilesTable {
  private readonly items = new Map<string, Item>();

  /** Every record. */
  get records(): FileRecord[] {
    return [...this.items.values()].map(stored) as unknown as FileRecord[];
  }

  /** Adds records, as another invocation would. */
  seed(...records: FileRecord[]): void {
    for (const record of records) this.items.set(record.fileId, stored(record));
  }

  /** A record expires. */
  expire(fileId: string): void {
    this.items.delete(fileId);
  }

  record(fileId: string): FileRecord {
    return stored(this.items.get(fileId)!) as unknown as FileRecord;
  }

  put({ Item: item, ConditionExpression, ReturnValuesOnConditionCheckFailure, ...request }: PutCommandInput) {
    assertAllUsed(request, ConditionExpression);
    const { fileId } = item as { fileId: string };
    this.check(fileId, ConditionExpression, request, ReturnValuesOnConditionCheckFailure);
    this.items.set(fileId, stored(item!));
    return {};
  }

  update({ Key, UpdateExpression, ConditionExpression, ReturnValues, ReturnValuesOnConditionCheckFailure, ...request }: UpdateCommandInput) {
    assertAllUsed(request, UpdateExpression, ConditionExpression);
    const { fileId } = Key as { fileId: string };
    this.check(fileId, ConditionExpression, request, ReturnValuesOnConditionCheckFailure);
    const item = stored(updated(this.items.get(fileId) ?? { fileId }, UpdateExpression!, request));
    this.items.set(fileId, item);
    return ReturnValues === 'ALL_NEW' ? { Attributes: stored(item) } : {};
  }

  get({ Key }: GetCommandInput) {
    const item = this.items.get((Key as { fileId: string }).fileId);
    return item ? { Item: stored(item) } : {};
  }

  /** Queries the index by state and time of receipt. */
  query({ ExpressionAttributeValues, ExclusiveStartKey, Limit = Infinity, ScanIndexForward = true }: QueryCommandInput) {
    if (Object.values(ExclusiveStartKey ?? {}).includes('')) throw validation('a key attribute cannot contain an empty string value');
    const direction = ScanIndexForward ? 1 : -1;
    const order = (one: Item, other: Item) => direction * sortKey(one).localeCompare(sortKey(other));
    const items = [...this.items.values()].filter(({ state }) => state === ExpressionAttributeValues![':state']).sort(order);
    const rest = ExclusiveStartKey ? items.filter((item) => order(item, ExclusiveStartKey) > 0) : items;
    const Items = rest.slice(0, Limit).map(stored);
    const last = Items.at(-1);
    // DynamoDB returns a key whenever it stopped at the limit, even when nothing follows.
    const { fileId, state, receivedAt } = last ?? {};
    return { Items, ...(Items.length === Limit ? { LastEvaluatedKey: { fileId, state, receivedAt } } : {}) };
  }

  private check(fileId: string, condition: string | undefined, request: object, returns: string | undefined): void {
    const item = this.items.get(fileId);
    if (condition === undefined || meets(item, condition, request)) return;
    throw new ConditionalCheckFailedException({
      $metadata: {}, message: 'the condition failed', ...(item && returns === 'ALL_OLD' ? { Item: marshall(item) } : {}),
    });
  }
}

const sortKey = ({ receivedAt, fileId }: Item): string => `${receivedAt as string} ${fileId as string}`;

/** Marshals an item like the document client. Fails for undefined values and items that are too large. */
function stored(item: object): Item {
  const marshalled = marshall(item);
  if (JSON.stringify(marshalled).length > 2 * LARGEST_ITEM) throw validation('Item size has exceeded the maximum allowed size');
  return unmarshall(marshalled);
}

const validation = (message: string): Error => Object.assign(new Error(message), { name: 'ValidationException' });
