import type { Patch } from './bundle';

/** The handlers with something taken away on purpose. */
export interface Mutant {
  readonly name: string;
  readonly patches: readonly Patch[];
}

const mutant = (name: string, file: string, from: string, to: string): Mutant => ({ name, patches: [{ file, from, to }] });

/** Every one of them breaks a promise, and has to be found. */
export const MUTANTS: readonly Mutant[] = [
  mutant('an order is written without looking at its revision', 'aws/orders-table.ts', '...onlyAfter(Item.revision - 1), ', ''),
  mutant('a place is given without looking whether it is free', 'aws/sequence-table.ts', ", ConditionExpression: 'attribute_not_exists(orderId)' }", ' }'),
  mutant('entries that the bus did not take are ignored', 'shared/events/publish-events.ts', '!entry?.EventId', 'false'),
  mutant('a message is deleted though its event was not published', 'shared/events/publish-batch.ts', 'if (failures.has(event)) throw failures.get(event);', ''),
  mutant('a refusal is taken for published though it was not', 'shared/events/publish-events.ts', 'if (failures.has(event)) throw failures.get(event);', ''),
  mutant('a conflict is taken for success', 'shared/lifecycle/apply-in-sequence.ts', 'if (answer.written) {', 'if (true) {'),
  mutant('places are not remembered', 'shared/validation/assign-sequence.ts', 'page.find((record) => record.commandId === commandId)', '(undefined as SequenceRecord | undefined)'),
  mutant('commands do not wait for their turn', 'shared/lifecycle/command-sequence.ts', 'return sequence === last + 1 ||', 'return sequence > last ||'),
  mutant('commands that had their turn have it again', 'shared/lifecycle/command-sequence.ts', 'command.sequence <= item.sequence && ', 'command.sequence < item.sequence && '),
  mutant('what comes before its turn is not kept', 'shared/lifecycle/next-write.ts', 'writeWithoutEvent(addPending(item, arrived, pendingUntil(now, settings)), arrived', 'undefined && writeWithoutEvent(addPending(item, arrived, pendingUntil(now, settings)), arrived'),
  mutant('pending commands expire at once', 'shared/lifecycle/next-write.ts', '!isExpired && until * 1000 <= now.getTime()', '!isExpired'),
  mutant('a stream record is done though its event was not published', 'publish-order-changes.ts', 'return consumeBatch(Records,', 'return consumeBatch([] as typeof Records,'),
  mutant('a group goes on after a record that failed', 'shared/messaging/process-in-groups.ts', 'isStopped ||= ', 'isStopped = false && '),
  mutant('entries that the orders queue did not take are ignored', 'shared/files/send-orders.ts', 'sent.has(String(index)) ? []', 'true ? []'),
  mutant('orders that could not be sent are given up', 'shared/files/send-orders.ts', 'if (failures.length > 0) {', 'if (false) {'),
  {
    name: 'the checkpoint is written before the orders are sent',
    patches: [
      { file: 'extract-orders.ts', from: 'await sendOrders(messages, sendBatch);\n', to: '\n' },
      { file: 'extract-orders.ts', from: 'this.file = file as CheckedFile;\n  }\n}', to: 'this.file = file as CheckedFile;\n    await sendOrders(messages, sendBatch);\n  }\n}' },
    ],
  },
  mutant('a file is done though its orders could not be sent', 'extract-orders.ts', "error.name === 'ExtractionSuperseded') throw error;", "error.name === 'ExtractionSuperseded') return { outcome: 'Lost' };"),
  mutant('a checkpoint is written over another', 'extract-orders.ts', "if (conditionFailed) throw new RetryableError('ExtractionSuperseded'", "if (false) throw new RetryableError('ExtractionSuperseded'"),
  mutant('a file is taken for notified though it was not', 'validate-file.ts', 'if (publishError) throw publishError;', ''),
  mutant('events are recorded again and again', 'aws/history-table.ts', ', ConditionExpression: `attribute_not_exists(${HISTORY_KEYS.sortKey})`', ''),
  mutant('a dead letter is deleted before it is sent', 'redrive-dead-letters.ts',
    'await (route.queueUrl ?', 'await deadLetterQueues.delete(route.deadLetterQueueUrl, message);\n  await (route.queueUrl ?'),
  mutant('a dead letter is taken for sent though it was not', 'aws/redrive-queues.ts', '...toSourceMessage(message, route) }));', '...toSourceMessage(message, route) })).catch(() => undefined);'),
  mutant('a record is taken for told though its consumer failed', 'aws/redrive-stream.ts', "assertConsumed(Payload?.transformToString() ?? '', FunctionError);", ''),
  mutant('dead messages overtake one that failed', 'shared/redrive/move-in-order.ts', 'group !== undefined && blocked.has(group)', 'false'),
  mutant('a line is forgotten as soon as its order is not shown any more', 'shared/lifecycle/with-index-keys.ts', 'Math.max(item.visibleUntil, noLongerNeeded)', 'item.visibleUntil'),
  mutant('requests are packed by their count alone', 'shared/messaging/pack.ts', 'last.length === limit.count || bytes > room', 'last.length === limit.count'),
];
