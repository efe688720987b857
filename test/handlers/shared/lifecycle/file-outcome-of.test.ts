import { commandIdInFile, duplicateOrderId, fileOutcomeOf, invalidOrder, nextExpiry, type CommandResult, type OrderItem, type SequencedCommand } from '#shared';
import { change, live, place, reject } from '../../../support/sample-commands';
import { fileIdOf, FILE_TIME } from '../../../support/sample-files';
import { SAMPLE_TIME, written } from '../../../support/sample-messages';

const FILE_ID = fileIdOf(7);
const NOW = new Date(SAMPLE_TIME);

/** A command as extraction sends it. */
const fromFile = (command: SequencedCommand, index = 5): SequencedCommand =>
  ({ ...command, channel: 'file', correlationId: FILE_ID, commandId: commandIdInFile(FILE_TIME, FILE_ID)(index) });

const recorded = (outcome: string) => ({ fileId: FILE_ID, index: 5, outcome, at: SAMPLE_TIME });

describe('the item of an order has the outcome of a command from a file', () => {
  const placed = live([place(1)]).item;

  test('when it is placed', () => {
    expect(live([fromFile(place(1))]).item.fileOutcome).toEqual(recorded('CONFIRMED'));
  });

  test('when the same order is stored already, although nothing is published', () => {
    const { item } = live([fromFile(place(2))], placed);
    expect([item.outcome, item.fileOutcome]).toEqual([undefined, recorded('UNCHANGED')]);
  });

  test('when it changes the stored order', () => {
    const { data, ...command } = fromFile(place(2, { notes: 'another' }));
    const { item } = live([{ ...command, data: { ...data, onExistingOrder: 'CHANGE' } }], placed);
    expect([item.outcome?.type, item.fileOutcome]).toEqual(['OrderChanged', recorded('CHANGED')]);
  });

  test('when another order has its ID', () => {
    expect(live([fromFile(place(2, { notes: 'another' }))], placed).item.fileOutcome).toEqual({ ...recorded('REJECTED'), rejection: duplicateOrderId() });
  });

  test('when validation rejected it, with and without a stored order', () => {
    const rejection = invalidOrder([{ path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 4129' }]);
    expect(live([fromFile(reject(1, 'customer-1'))]).item.fileOutcome).toEqual({ ...recorded('REJECTED'), rejection });
    expect(live([fromFile(reject(2, 'customer-1'))], placed).item.fileOutcome).toEqual({ ...recorded('REJECTED'), rejection });
  });

  test('when it was pending and is applied after another command in the same run: each outcome is in a write of its own', () => {
    const pending = live([fromFile(place(2), 2)]).item;
    const { writes } = live([fromFile(place(1), 1)], pending);
    expect(writes.map(({ item }) => [item.revision, item.fileOutcome?.index, item.fileOutcome?.outcome])).toEqual([[2, 1, 'CONFIRMED'], [3, 2, 'UNCHANGED']]);
  });

  test.each([['a placement', place(2), 'EXPIRED'], ['a rejection', reject(2), 'INVALID_ORDER']])('when it expires: %s', (_, command, code) => {
    const pending = live([fromFile(command)]).item;
    const expired = written(nextExpiry(pending, new Date('2026-03-01'))!.item);
    expect(expired.fileOutcome).toMatchObject({ index: 5, outcome: 'REJECTED', rejection: { code } });
    // Its sequence number is skipped later, which is not a second outcome.
    expect(live([place(1)], expired).writes.map(({ item }) => item.fileOutcome)).toEqual([undefined, undefined]);
  });

  test.each<[string, OrderItem]>([
    ['a command is pending', live([fromFile(place(2))]).item],
    ['another command follows', live([change(2)], live([fromFile(place(1))]).item).item],
    ['a pending command follows', live([change(5)], live([fromFile(place(1))]).item).item],
    ['the command is from the API', placed],
  ])('but not when %s', (_, item) => {
    expect(item).not.toHaveProperty('fileOutcome');
  });
});

describe('an outcome', () => {
  const result: CommandResult = { outcome: 'OrderRepeated' };

  test.each<[string, Partial<SequencedCommand>]>([
    ['its command ID is not derived from a file', { commandId: 'command-1' }],
    ['its command ID is of another file', { commandId: commandIdInFile(FILE_TIME, `f${FILE_ID.slice(1)}`)(5) }],
    ['its correlation ID is not a file ID', { correlationId: 'correlation-1' }],
    ['its command ID is in lower case', { commandId: commandIdInFile(FILE_TIME, FILE_ID)(20).toLowerCase() }],
  ])('is none when %s: other systems can send to the orders queue, too', (_, changes) => {
    expect(fileOutcomeOf({ ...fromFile(place(1)), ...changes }, result, NOW)).toBeUndefined();
  });

  test('has at most 20 errors and the number of the others, so that the order has room in its item', () => {
    const errors = Array.from({ length: 50 }, (_, n) => ({ path: `/items/${n}`, code: 'WRONG', message: 'is wrong' }));
    const { rejection } = fileOutcomeOf({ ...fromFile(reject(1)), data: invalidOrder(errors) }, result, NOW)!;
    expect(rejection!.errors).toHaveLength(21);
    expect(rejection!.errors[20]).toMatchObject({ code: 'MORE_ERRORS', message: '30 more errors are not listed' });
  });

  test('is a rejection when the command is refused, so that it does not count as stored', () => {
    expect(fileOutcomeOf(fromFile(place(1)), { code: 'TOO_MANY_PENDING' }, NOW)).toMatchObject({ outcome: 'REJECTED', rejection: { code: 'TOO_MANY_PENDING', errors: [] } });
  });
});
