import { PoisonMessage, RetryableError, type ValidationContext } from '#shared';
import { MemorySequences } from '../../../support/memory-sequences';
import { sampleCommand } from '../../../support/sample-messages';
import { sampleOrder } from '../../../support/sample-order';
import { fifoRecord } from '../../../support/sqs-event';
import { validateRecords } from '../../../support/validate-records';

const order = (n: number, changes: Record<string, unknown> = {}, group = `order-${n}`) =>
  fifoRecord(`message-${n}`, sampleCommand({ commandId: `command-${n}`, orderId: group, payload: sampleOrder({ orderId: group, ...changes }) }), group);
const cancellation = (n: number, group = `order-${n}`, payload: unknown = { reason: 'r' }) =>
  fifoRecord(`message-${n}`, sampleCommand({ commandType: 'CancelOrder', commandId: `command-${n}`, orderId: group, payload }), group);
const change = (n: number, group = `order-${n}`) =>
  fifoRecord(`message-${n}`, sampleCommand({ commandType: 'ChangeOrder', commandId: `command-${n}`, orderId: group, payload: { patch: { notes: 'n' } } }), group);
const poison = () => fifoRecord('message-9', 'not JSON', 'order-9');

const judging = (changes: Partial<Parameters<typeof validateRecords>[1]> = {}): ValidationContext & { readonly sequences: MemorySequences } =>
  ({ sequences: new MemorySequences(), accepted: ['PlaceOrder', 'ChangeOrder', 'CancelOrder'], ...changes }) as ValidationContext & { readonly sequences: MemorySequences };

test('every record has its command, its judgement and its place', async () => {
  const records = [order(1), order(2, { total: 1 }), cancellation(3)];
  const judge = await validateRecords(records, judging());

  expect(records.map((record) => [judge(record).command.commandId, judge(record).validation.type, judge(record).assignment.sequence])).toEqual([
    ['command-1', 'OrderValidated', 1], ['command-2', 'OrderRejected', 1], ['command-3', 'OrderCancellationRequested', 1],
  ]);
});

test('places are given in the order of the group', async () => {
  const records = [order(1, {}, 'a'), cancellation(2, 'a'), order(3, {}, 'b'), change(4, 'a')];
  const judge = await validateRecords(records, judging());

  expect(records.map((record) => judge(record).assignment.sequence)).toEqual([1, 2, 1, 3]);
});

test('what is refused takes no place', async () => {
  const { sequences, ...rest } = judging();
  const records = [cancellation(1, 'a', {}), change(2, 'a')];
  const judge = await validateRecords(records, { sequences, ...rest });

  expect(records.map((record) => [judge(record).validation.type, judge(record).assignment.sequence])).toEqual([
    ['OrderCancellationRefused', 0], ['OrderChangeRequested', 1],
  ]);
  expect(sequences.records).toHaveLength(1);
});

test.each([[change(1), 'OrderChangeRefused'], [cancellation(1), 'OrderCancellationRefused']])('what nobody acts on is refused, and holds up nothing: %#', async (record, type) => {
  const { sequences, ...rest } = judging({ accepted: ['PlaceOrder'] });
  const judge = await validateRecords([record], { sequences, ...rest });

  expect(judge(record)).toMatchObject({ validation: { type, data: { code: 'NOT_ALLOWED' } }, assignment: { sequence: 0 } });
  expect(sequences.records).toEqual([]);
});

test('fails when a record is no command, and only that one', async () => {
  const records = [poison(), order(1)];
  const judge = await validateRecords(records, judging());

  expect(() => judge(records[0])).toThrow(PoisonMessage);
  expect(judge(records[1]).validation.type).toBe('OrderValidated');
});

test('fails when a place cannot be given: the rest of the group fails with it, and nothing else', async () => {
  const sequences = new MemorySequences();
  const records = [cancellation(1, 'a'), change(2, 'a'), order(3, {}, 'b')];
  const judge = await validateRecords(records, judging({
    sequences: { ...sequences, list: async (orderId, below) => { if (orderId === 'a') throw new Error('down'); return sequences.list(orderId, below); } },
  }));

  expect(() => judge(records[0])).toThrow('down');
  expect(() => judge(records[1])).toThrow(RetryableError);
  expect(judge(records[2]).validation.type).toBe('OrderValidated');
});

test('the hook is asked after all have their places: what it cannot judge keeps its own, and later ones theirs', async () => {
  const { sequences, ...rest } = judging();
  const records = [order(1, {}, 'a'), cancellation(2, 'a')];
  const judge = await validateRecords(records, { sequences, ...rest, validationHook: async () => { throw new RetryableError('ValidationHookFailed', 'down'); } });

  expect(() => judge(records[0])).toThrow(RetryableError);
  expect(judge(records[1]).assignment.sequence).toBe(2);
  expect(sequences.records.map(({ commandId }) => commandId)).toEqual(['command-1', 'command-2']);
});
