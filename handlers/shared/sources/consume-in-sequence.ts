import type { SourceRecord } from './source-record';
import type { OrderCommand } from '../commands/order-command';
import { PoisonMessage } from '../messaging/errors';
import { processInGroups, resultOf, type Result } from '../messaging/process-in-groups';
import { orderKey } from '../orders/order-identity';
import type { Outcome } from '../telemetry/outcome';
import { report } from '../telemetry/telemetry';

/** How a batch of records is consumed. */
export interface SourceConsumer<Record extends SourceRecord = SourceRecord> {
  /** Reads a record. A record that cannot be read goes to the dead-letter queue. */
  readonly read: (record: Record) => OrderCommand;
  /** Sends a command to the orders queue. A `PoisonMessage` means that the queue will never accept it. */
  readonly send: (command: OrderCommand) => Promise<unknown>;
  readonly sendToDeadLetterQueue: (record: Record, reason: string) => Promise<unknown>;
  /** Whether all records are redelivered after a failure, and not only those from the first failure on. */
  readonly redeliversWholeBatch: boolean;
}

/**
 * Consumes a batch whose records are redelivered together: the commands of each order in sequence, different orders concurrently. Records that
 * can never be processed go to the dead-letter queue only when they are not redelivered: a retry would send them there again.
 *
 * @returns the index of the first record that failed, from which on the batch must be redelivered; the length of the batch without a failure.
 */
export async function consumeInSequence<Record extends SourceRecord>(records: readonly Record[], consumer: SourceConsumer<Record>): Promise<number> {
  const results = await sendOrders(records, consumer);
  const firstFailed = indexOr(results.findIndex(({ error }) => error && !(error instanceof PoisonMessage)), records.length);
  const done = consumer.redeliversWholeBatch && firstFailed < records.length ? 0 : firstFailed;
  const deadLetterErrors = await Promise.all(records.slice(0, done).map((record, index) => sendDeadLetter(record, results[index], consumer)));
  const consumed = indexOr(deadLetterErrors.findIndex((error) => error), done);
  report('source records received', records.map((_, index) => outcomeOf(results[index], deadLetterErrors[index], index < consumed)));
  return consumed;
}

/** Sends a record that can never be processed to the dead-letter queue. Returns the error. */
async function sendDeadLetter<Record extends SourceRecord>(
  record: Record, { error }: Result<OrderCommand>, { sendToDeadLetterQueue }: SourceConsumer<Record>,
): Promise<Error | undefined> {
  return error ? (await resultOf(() => sendToDeadLetterQueue(record, error.message))).error : undefined;
}

/** Every error of reading is final: the record stays the same. */
async function sendOrders<Record extends SourceRecord>(
  records: readonly Record[], { read, send }: SourceConsumer<Record>,
): Promise<Result<OrderCommand>[]> {
  const readings = await Promise.all(records.map((record) => resultOf(() => read(record))));
  const commands = readings.flatMap(({ value }) => value ?? []);
  const sent = await processInGroups(commands, orderKey, async (command) => {
    await send(command);
    return command;
  });
  return readings.map(({ value, error }) => (value ? sent.get(value)! : { error: asPoison(error!) }));
}

/** The message of an unexpected error may quote the record. */
export const asPoison = (error: Error): PoisonMessage =>
  (error instanceof PoisonMessage ? error : new PoisonMessage(`the record cannot be read: ${error.name}`));

const indexOr = (index: number, otherwise: number): number => (index < 0 ? otherwise : index);

function outcomeOf({ value, error }: Result<OrderCommand>, deadLetterError: Error | undefined, isConsumed: boolean): Outcome {
  if (!isConsumed) return { outcome: 'ConsumeFailed', reason: (deadLetterError ?? error)?.name ?? 'EarlierRecordFailed' };
  return value ? receivedOutcome(value) : { outcome: error!.name, reason: error!.message };
}

/** The outcome of an order that was sent to the orders queue. */
export const receivedOutcome = (command: OrderCommand): Outcome => {
  const { commandId, correlationId } = command;
  return { outcome: 'SourceOrderReceived', orderId: orderKey(command), commandId, correlationId };
};
