import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { GetCommandInput, PutCommandInput, QueryCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { assertAllUsed, meets, updated, type Item } from './dynamodb-expressions';
import { stateKeyOf, type FileRecord } from '../../handlers/shared/files';

const LARGEST_ITEM = 400 * 1024;
const FILE = 'FILE';

/** The files table in memory. It evaluates every condition, and rejects what DynamoDB cannot store. */
export class FakeFilesTable {
  /** The most items on a page of a query of the table: DynamoDB ends a page at 1 MB. */
  pageSize = Infinity;
  private readonly items = new Map<string, Item>();

  /** The records of the files. */
  get records(): FileRecord[] {
    return [...this.items.values()].filter(({ part }) => part === FILE).map(toRecord);
  }

  /** Adds records, as another invocation would. */
  seed(...records: FileRecord[]): void {
    for (const record of records) {
      const item = { ...record, part: FILE, ...stateKeyOf(record.tenant, record.state) };
      this.items.set(keyOf(item), stored(item));
    }
  }

  /** A record expires. */
  expire(fileId: string): void {
    this.items.delete(keyOf({ fileId, part: FILE }));
  }

  record(fileId: string): FileRecord {
    return toRecord(this.items.get(keyOf({ fileId, part: FILE }))!);
  }

  /** The other items of a file, in the order of their keys. */
  parts(fileId: string): Item[] {
    return [...this.items.values()].filter((item) => item.fileId === fileId && item.part !== FILE).sort(byPart).map(stored);
  }

  put({ Item: item, ConditionExpression, ReturnValuesOnConditionCheckFailure, ...request }: PutCommandInput) {
    assertAllUsed(request, ConditionExpression);
    const key = keyOf(item!);
    this.check(key, ConditionExpression, request, ReturnValuesOnConditionCheckFailure);
    this.items.set(key, stored(item!));
    return {};
  }

  update({ Key, UpdateExpression, ConditionExpression, ReturnValues, ReturnValuesOnConditionCheckFailure, ...request }: UpdateCommandInput) {
    assertAllUsed(request, UpdateExpression, ConditionExpression);
    const key = keyOf(Key!);
    this.check(key, ConditionExpression, request, ReturnValuesOnConditionCheckFailure);
    const item = stored(updated(this.items.get(key) ?? Key!, UpdateExpression!, request));
    this.items.set(key, item);
    return ReturnValues === 'ALL_NEW' ? { Attributes: stored(item) } : {};
  }

  get({ Key }: GetCommandInput) {
    const item = this.items.get(keyOf(Key!));
    return item ? { Item: stored(item) } : {};
  }

  /** Queries the index by state and time of receipt, or the parts of one file. */
  query(input: QueryCommandInput) {
    const { KeyConditionExpression, ExclusiveStartKey, Limit = Infinity, ScanIndexForward = true, IndexName, ConsistentRead, ...request } = input;
    if (Object.values(ExclusiveStartKey ?? {}).includes('')) throw validation('a key attribute cannot contain an empty string value');
    if (ExclusiveStartKey && Object.keys(ExclusiveStartKey).length !== (IndexName ? 4 : 2)) throw validation('the start key is not a key');
    if (!IndexName && !ConsistentRead) throw new Error('the response may be older than the last write');
    assertAllUsed(request, KeyConditionExpression);
    const order = (one: Item, other: Item) => (ScanIndexForward ? 1 : -1) * (IndexName ? byReceipt(one, other) : byPart(one, other));
    const items = [...this.items.values()].filter((item) => meets(item, KeyConditionExpression!, request)).sort(order);
    const rest = ExclusiveStartKey ? items.filter((item) => order(item, ExclusiveStartKey) > 0) : items;
    const most = Math.min(Limit, IndexName ? Infinity : this.pageSize);
    const Items = rest.slice(0, most).map(stored);
    // DynamoDB returns a key whenever it stopped at the limit, even when nothing follows.
    const { fileId, part, stateKey, receivedAt } = Items.at(-1) ?? {};
    return { Items, ...(Items.length === most ? { LastEvaluatedKey: { fileId, part, ...(IndexName ? { stateKey, receivedAt } : {}) } } : {}) };
  }

  private check(key: string, condition: string | undefined, request: object, returns: string | undefined): void {
    const item = this.items.get(key);
    if (condition === undefined || meets(item, condition, request)) return;
    throw new ConditionalCheckFailedException({
      $metadata: {}, message: 'the condition failed', ...(item && returns === 'ALL_OLD' ? { Item: marshall(item) } : {}),
    });
  }
}

/** The key of an item. Fails when a part of it is missing. */
function keyOf({ fileId, part }: Item): string {
  if (typeof fileId !== 'string' || typeof part !== 'string') throw validation('the key does not match the schema of the table');
  return `${fileId} ${part}`;
}

function toRecord(item: Item): FileRecord {
  const { part, stateKey, ...record } = stored(item);
  return record as unknown as FileRecord;
}

const byPart = (one: Item, other: Item): number => (String(one.part) < String(other.part) ? -1 : Number(one.part !== other.part));
const byReceipt = (one: Item, other: Item): number => sortKey(one).localeCompare(sortKey(other));
const sortKey = ({ receivedAt, fileId }: Item): string => `${receivedAt as string} ${fileId as string}`;

/** Marshals an item like the document client. Fails for undefined values and items that are too large. */
function stored(item: object): Item {
  const marshalled = marshall(item);
  if (JSON.stringify(marshalled).length > 2 * LARGEST_ITEM) throw validation('Item size has exceeded the maximum allowed size');
  return unmarshall(marshalled);
}

const validation = (message: string): Error => Object.assign(new Error(message), { name: 'ValidationException' });
