import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Call } from './observed';
import { bytesOf, chunksOf, readUnitsFor, sizeOf, writeUnitsFor } from './sizes';
import { addUsage, type Usage } from './usage';
import type { Account } from '../../simulation/account';

/** The usage of the requests of functions, as far as it does not follow from the state of tables and queues. */
export const requestUsage = (calls: readonly Call[], account: Account): Usage => addUsage(...calls.map((call) => usageOf(call, account)));

function usageOf({ operation, input, response, error }: Call, { tables, queues, deployment }: Account): Usage {
  const toQueue = (bytes: number): Usage => ({ [isFifo(input.QueueUrl, deployment) ? 'sqsFifoRequests' : 'sqsRequests']: chunksOf(bytes) });
  switch (operation) {
    case 'SendMessage': return toQueue(bytesOf(input.MessageBody));
    case 'SendMessageBatch': return toQueue(input.Entries.reduce((bytes: number, { MessageBody }: { readonly MessageBody: string }) => bytes + bytesOf(MessageBody), 0));
    case 'PutEvents': return { events: input.Entries.reduce((count: number, entry: Entry) => count + chunksOf(bytesOf(`${entry.Source}${entry.DetailType}${entry.Detail}`)), 0) };
    case 'Publish': return { snsRequests: chunksOf(bytesOf(input.Message)) };
    case 'GetObject':
    case 'HeadObject': return { s3Gets: 1 };
    case 'PutObject': return { s3Puts: 1 };
    // Standard parameters are free, and an invoked function has its own usage.
    case 'GetParameters':
    case 'Invoke': return {};
    case 'Get': return { readUnits: readUnitsFor(response?.Item ? sizeOf(response.Item) : 0) };
    case 'Query':
    case 'QueryItems': return { readUnits: readUnitsFor(totalSize(response, operation)) * (tables[input.TableName].settings.indexes[input.IndexName] ? 0.5 : 1) };
    case 'BatchGetItem': return { readUnits: keysIn(input) };
    default: return isWrite(operation) ? failedWrite(error) : input.QueueUrl && queues[nameOf(input.QueueUrl)] ? toQueue(0) : unknown(operation);
  }
}

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
const isFifo = (url: string, { queues }: Account['deployment']): boolean => queues[nameOf(url)].isFifo;

/** Writes are counted by the items that tables have before and after them; transactions would cost twice as much. */
const isWrite = (operation: string): boolean => /^(Put|PutItem|Update|UpdateItem|Delete|DeleteItem|BatchWrite|BatchWriteItem|BatchExecuteStatement|ExecuteStatement)$/.test(operation);

/** A write whose condition fails costs as much as one that succeeds. */
const failedWrite = (error?: Error): Usage => {
  if (error?.name !== 'ConditionalCheckFailedException') return {};
  const { Item: item } = error as { readonly Item?: Parameters<typeof unmarshall>[0] };
  return { writeUnits: item ? writeUnitsFor(sizeOf(unmarshall(item))) : 1 };
};

function totalSize({ Items = [] }: { readonly Items?: readonly object[] } = {}, operation: string): number {
  return Items.reduce((sum, item) => sum + sizeOf(operation === 'QueryItems' ? unmarshall(item as never) : item), 0);
}

/** Each key of a batch is read by itself; the items of pipelines that are read so have at most 4 KB. */
const keysIn = ({ RequestItems }: { readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly object[] }>> }): number =>
  Object.values(RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0);

function unknown(operation: string): never {
  throw new Error(`The costs of ${operation} are not known. Add it to test/bench/cost/call-usage.ts.`);
}
