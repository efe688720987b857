import { BatchExecuteStatementCommand, DynamoDBClient, type BatchStatementRequest, type BatchStatementResponse } from '@aws-sdk/client-dynamodb';
import { ownHistoryRecord, pack, type HistoryRecord, type OrderEvent, type Publish } from '#shared';
import type { Attributes } from './attribute-values';
import { clientConfig } from './client-config';
import { eventPublisher, type PublisherEnv } from './event-bus';
import { toHistoryItem } from './history-items';

/** The environment of handlers that record the events that they publish. Without a table, they only publish them. */
interface RecorderEnv extends PublisherEnv {
  readonly HISTORY_TABLE_NAME?: string;
  readonly HISTORY_RETENTION?: string;
}

/** BatchExecuteStatement's limit. */
const MAX_STATEMENTS = 25;
/** One attempt, of a second at most: the history queue retries. */
const client = new DynamoDBClient({ ...clientConfig({ requestTimeout: 1000 }), maxAttempts: 1 });

/**
 * Creates the function that records events in the history and then publishes them. It returns those that could not be published. An event that could
 * not be recorded is published without `detail.recorded`: the history queue receives it. So the history has every event on the bus, and a failing
 * history table does not delay orders.
 *
 * Without the rule, the queue and the function in between, recording an event costs a fourth.
 */
export function recordingPublisher(env: RecorderEnv): Publish<OrderEvent> {
  const publish = eventPublisher(env);
  const { HISTORY_TABLE_NAME: table, HISTORY_RETENTION, PIPELINE_ID } = env;
  if (table === undefined) return (events) => publish(events);
  return async (events) => {
    const now = new Date();
    const toRecord = (event: OrderEvent) => ownHistoryRecord(event, PIPELINE_ID, now, Number(HISTORY_RETENTION));
    return publish(events, await recordEvents(table, new Map(events.filter(hasFixedTime).map((event) => [event, toRecord(event)]))));
  };
}

/**
 * Whether an event has the same time whenever it is published, and so the same key. Others, such as refusals of commands without a number, are recorded
 * from the history queue.
 */
const hasFixedTime = ({ metadata: { sequence } }: OrderEvent): boolean => sequence > 0;

/** Records events. @returns those that the history has: the recorded ones, and those that it had already. */
async function recordEvents(table: string, records: ReadonlyMap<OrderEvent, HistoryRecord>): Promise<Set<OrderEvent>> {
  // A batch must not have the same key twice.
  const distinct = [...new Map([...records.values()].map((record) => [keyOf(record), record])).values()];
  const batches = pack(distinct, { count: MAX_STATEMENTS, bytes: Infinity }, () => 0);
  const recorded = new Set((await Promise.all(batches.map((batch) => insert(table, batch)))).flat());
  return new Set([...records].filter(([, record]) => recorded.has(keyOf(record))).map(([event]) => event));
}

/**
 * Inserts records. What the table has already is not replaced: a client may repeat a command with another correlation ID.
 *
 * @returns the keys that the table has then.
 */
async function insert(table: string, records: readonly HistoryRecord[]): Promise<string[]> {
  try {
    const Statements = records.map((record) => statementOf(table, toHistoryItem(record)));
    const { Responses = [] } = await client.send(new BatchExecuteStatementCommand({ Statements }));
    return records.filter((_, index) => isInserted(Responses[index])).map(keyOf);
  } catch {
    return [];
  }
}

function statementOf(table: string, item: Attributes): BatchStatementRequest {
  const names = Object.keys(item);
  return { Statement: `INSERT INTO "${table}" VALUE {${names.map((name) => `'${name}': ?`).join(', ')}}`, Parameters: names.map((name) => item[name]) };
}

const isInserted = (response: BatchStatementResponse | undefined): boolean =>
  response !== undefined && (!response.Error || response.Error.Code === 'DuplicateItem');

const keyOf = ({ orderId, listKey }: HistoryRecord): string => `${orderId} ${listKey}`;
