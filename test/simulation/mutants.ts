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
  mutant('entries that the bus did not take are ignored', 'shared/publish-events.ts', '!entry?.EventId', 'false'),
  mutant('a message is deleted though its event was not said', 'shared/decide-and-publish.ts', 'if (failures.has(event)) throw failures.get(event);', ''),
  mutant('a refusal is taken for said though it was not', 'shared/publish-one.ts', 'if (failures.has(event)) throw failures.get(event);', ''),
  mutant('a conflict is taken for success', 'shared/order-life/take-turn.ts', 'if (answer.written) {', 'if (true) {'),
  mutant('places are not remembered', 'shared/take-place.ts', 'page.find((record) => record.commandId === commandId)', '(undefined as PlaceRecord | undefined)'),
  mutant('commands do not wait for their turn', 'shared/order-life/order-line.ts', 'return sequence === last + 1 ||', 'return sequence > last ||'),
  mutant('commands that had their turn have it again', 'shared/order-life/order-line.ts', 'command.sequence <= item.sequence && ', 'command.sequence < item.sequence && '),
  mutant('what comes before its turn is not kept', 'shared/order-life/next-step.ts', 'silent(keepParked(item, arrived, parkedUntil(now, settings)), arrived', 'undefined && silent(keepParked(item, arrived, parkedUntil(now, settings)), arrived'),
  mutant('parked commands expire at once', 'shared/order-life/next-step.ts', '!isExpired && until * 1000 <= now.getTime()', '!isExpired'),
  mutant('a stream record is done though its event was not said', 'publish-order-changes.ts', 'return consumeStream(event,', 'return consumeStream({ Records: [] },'),
  mutant('a group goes on after a record that failed', 'shared/attempt-in-groups.ts', 'isStopped ||= ', 'isStopped = false && '),
  mutant('entries that the orders queue did not take are ignored', 'shared/file-intake/send-orders.ts', 'sent.has(String(index)) ? []', 'true ? []'),
  mutant('orders that could not be sent are given up', 'shared/file-intake/send-orders.ts', 'if (failures.length > 0) {', 'if (false) {'),
  {
    name: 'the checkpoint is written before the orders are sent',
    patches: [
      { file: 'extract-orders.ts', from: 'await sendOrders(entries, sendBatch);\n', to: '\n' },
      { file: 'extract-orders.ts', from: 'this.file = file as CheckedFile;\n  }\n}', to: 'this.file = file as CheckedFile;\n    await sendOrders(entries, sendBatch);\n  }\n}' },
    ],
  },
  mutant('a file is done though its orders could not be sent', 'extract-orders.ts', "error.name === 'ExtractionOvertaken') throw error;", "error.name === 'ExtractionOvertaken') return { outcome: 'Lost' };"),
  mutant('a checkpoint is written over another', 'extract-orders.ts', "if (refused) throw new Trouble('ExtractionOvertaken'", "if (false) throw new Trouble('ExtractionOvertaken'"),
  mutant('a file is taken for announced though it was not', 'validate-file.ts', 'if (trouble) throw trouble;', ''),
  mutant('events are recorded again and again', 'aws/history-table.ts', ', ConditionExpression: `attribute_not_exists(${HISTORY_KEYS.sortKey})`', ''),
  mutant('a dead letter is deleted before it is sent', 'redrive-dead-letters.ts',
    'await (route.queueUrl ?', 'await deadLetterQueues.delete(route.deadLetterQueueUrl, letter);\n  await (route.queueUrl ?'),
  mutant('a dead letter is taken for sent though it was not', 'aws/redrive-queues.ts', '...toMessage(letter, route) }));', '...toMessage(letter, route) })).catch(() => undefined);'),
  mutant('a record is taken for told though its consumer failed', 'aws/redrive-stream.ts', "assertTaken(Payload?.transformToString() ?? '', FunctionError);", ''),
  mutant('dead letters overtake one that failed', 'shared/redrive/move-in-order.ts', 'group !== undefined && blocked.has(group)', 'false'),
  mutant('a line is forgotten as soon as its order is not shown any more', 'shared/order-life/seal-item.ts', 'Math.max(item.visibleUntil, noLongerNeeded)', 'item.visibleUntil'),
  mutant('requests are packed by their count alone', 'shared/pack.ts', 'last.length === limit.count || bytes > room', 'last.length === limit.count'),
];
