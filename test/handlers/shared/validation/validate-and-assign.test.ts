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

const context = (changes: Partial<Parameters<typeof validateRecords>[1]> = {}): ValidationContext & { readonly sequences: MemorySequences } =>
  ({ sequences: new MemorySequences(), accepted: ['PlaceOrder', 'ChangeOrder', 'CancelOrder'], ...changes }) as ValidationContext & { readonly sequences: MemorySequences };

test('every record has its command, its result and its sequence number', async () => {
  const records = [order(1), order(2, { total: 1 }), cancellation(3)];
  const validatedOf = await validateRecords(records, context());

  expect(records.map(validatedOf).map(({ command, validation, assignment }) => [command.commandId, validation.type, assignment.sequence])).toEqual([
    ['command-1', 'OrderValidated', 1], ['command-2', 'OrderRejected', 1], ['command-3', 'OrderCancellationRequested', 1],
  ]);
});

test('sequence numbers are assigned in the order of the group', async () => {
  const records = [order(1, {}, 'a'), cancellation(2, 'a'), order(3, {}, 'b'), change(4, 'a')];
  const validatedOf = await validateRecords(records, context());

  expect(records.map((record) => validatedOf(record).assignment.sequence)).toEqual([1, 2, 1, 3]);
});

test('a refused command gets no sequence number', async () => {
  const { sequences, ...rest } = context();
  const records = [cancellation(1, 'a', {}), change(2, 'a')];
  const validatedOf = await validateRecords(records, { sequences, ...rest });

  expect(records.map((record) => [validatedOf(record).validation.type, validatedOf(record).assignment.sequence])).toEqual([
    ['OrderCancellationRefused', 0], ['OrderChangeRequested', 1],
  ]);
  expect(sequences.records).toHaveLength(1);
});

test.each([[change(1), 'OrderChangeRefused'], [cancellation(1), 'OrderCancellationRefused']])('a command without a consumer is refused, and blocks no other: %#', async (record, type) => {
  const { sequences, ...rest } = context({ accepted: ['PlaceOrder'] });
  const validatedOf = await validateRecords([record], { sequences, ...rest });

  expect(validatedOf(record)).toMatchObject({ validation: { type, data: { code: 'NOT_ALLOWED' } }, assignment: { sequence: 0 } });
  expect(sequences.records).toEqual([]);
});

test('fails when a record is not a command, and only that one', async () => {
  const records = [poison(), order(1)];
  const validatedOf = await validateRecords(records, context());

  expect(() => validatedOf(records[0])).toThrow(PoisonMessage);
  expect(validatedOf(records[1]).validation.type).toBe('OrderValidated');
});

test('fails when a sequence number cannot be assigned: the rest of the group fails with it, and nothing else', async () => {
  const sequences = new MemorySequences();
  const records = [cancellation(1, 'a'), change(2, 'a'), order(3, {}, 'b')];
  const validatedOf = await validateRecords(records, context({
    sequences: { ...sequences, list: async (orderId, below) => { if (orderId === 'a') throw new Error('down'); return sequences.list(orderId, below); } },
  }));

  expect(() => validatedOf(records[0])).toThrow('down');
  expect(() => validatedOf(records[1])).toThrow(RetryableError);
  expect(validatedOf(records[2]).validation.type).toBe('OrderValidated');
});

test('the hook is called after the assignment: an order for which it fails keeps its sequence number, and later commands keep theirs', async () => {
  const { sequences, ...rest } = context();
  const records = [order(1, {}, 'a'), cancellation(2, 'a')];
  const validatedOf = await validateRecords(records, { sequences, ...rest, validationHook: async () => { throw new RetryableError('ValidationHookFailed', 'down'); } });

  expect(() => validatedOf(records[0])).toThrow(RetryableError);
  expect(validatedOf(records[1]).assignment.sequence).toBe(2);
  expect(sequences.records.map(({ commandId }) => commandId)).toEqual(['command-1', 'command-2']);
});
