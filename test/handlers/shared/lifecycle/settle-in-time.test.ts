import { eventOfChange, nextWrite, orderView, type SequencedCommand } from '#shared';
import { commandIdInFile } from '../../../../handlers/shared/orders/ids';
import { CHANNEL } from '../../../../src/private/contract';
import { cancel, change, CONFIRMATION_SETTINGS, decide, live, place } from '../../../support/sample-commands';
import { fileIdOf, FILE_TIME } from '../../../support/sample-files';
import { SAMPLE_TIME } from '../../../support/sample-messages';

const NOW = new Date(SAMPLE_TIME);
const DEADLINE = new Date(NOW.getTime() + 600_000);
const CONFIRM_SETTINGS = { ...CONFIRMATION_SETTINGS, confirmation: { ...CONFIRMATION_SETTINGS.confirmation!, onTimeout: 'CONFIRM' as const } };
const REFUSE_SETTINGS = { ...CONFIRMATION_SETTINGS, confirmation: { ...CONFIRMATION_SETTINGS.confirmation!, onChange: 'REFUSE' as const } };

const pending = (...commands: SequencedCommand[]) => live(commands.length > 0 ? commands : [place(1)], undefined, NOW, CONFIRMATION_SETTINGS).item;

describe('a pending order', () => {
  test('shows clients and subscribers what is to be decided, and by when', () => {
    const confirmation = { decisionId: 'command-1', decideBy: '2026-01-31T12:10:00.000Z' };
    expect(orderView(pending())).toMatchObject({ status: 'PENDING', version: 1, confirmation });
    expect(eventOfChange(undefined, pending())).toMatchObject({
      type: 'OrderPending', facts: { customerId: 'customer-1' }, data: { status: 'PENDING', order: { orderId: 'order-1' }, confirmation },
    });
  });

  test('is in the index of what expires', () => {
    expect(pending().pendingUntil).toBe(DEADLINE.getTime() / 1000);
    expect(live([decide(2)], pending()).item.pendingUntil).toBeUndefined();
  });

  test('is rejected at its deadline by the next write, whatever leads to it', () => {
    expect(nextWrite(pending(), undefined, new Date(DEADLINE.getTime() - 1), CONFIRMATION_SETTINGS)).toBeUndefined();
    const { item, outcome } = nextWrite(pending(), undefined, DEADLINE, CONFIRMATION_SETTINGS)!;

    expect(outcome).toBe('OrderRejected');
    expect(eventOfChange(pending(), item)).toMatchObject({
      type: 'OrderRejected',
      metadata: { commandId: 'command-1', correlationId: 'correlation-1', version: 0 },
      facts: { customerId: 'customer-1' },
      data: { code: 'CONFIRMATION_TIMED_OUT' },
    });
  });

  test('is confirmed at its deadline where that is configured, also after the settings changed', () => {
    const before = live([place(1)], undefined, NOW, CONFIRM_SETTINGS).item;
    expect(nextWrite(before, undefined, DEADLINE, CONFIRMATION_SETTINGS)!.item).toMatchObject({ status: 'CONFIRMED', version: 2 });
  });

  test('is decided anew after a change, with a new deadline', () => {
    const later = new Date(NOW.getTime() + 60_000);
    const { item, writes } = live([change(2)], pending(), later, CONFIRMATION_SETTINGS);

    expect(writes[0].item.outcome).toMatchObject({ type: 'OrderChanged', data: { confirmation: { decisionId: 'command-2', decideBy: '2026-01-31T12:11:00.000Z' } } });
    expect(live([decide(3, 1)], item, later, CONFIRMATION_SETTINGS).item).toMatchObject({ status: 'PENDING', outcome: { data: { code: 'DECISION_OUTDATED' } } });
    expect(live([decide(3, 2)], item, later, CONFIRMATION_SETTINGS).item).toMatchObject({ status: 'CONFIRMED', version: 3 });
  });

  test('refuses changes where that is configured, those of files included', () => {
    const before = pending();
    expect(live([change(2)], before, NOW, REFUSE_SETTINGS).item.outcome).toMatchObject({ type: 'OrderChangeRefused', data: { code: 'ORDER_PENDING', currentStatus: 'PENDING' } });
    const { data, ...command } = place(2, { notes: 'another' });
    const { item } = live([{ ...command, data: { ...data, onExistingOrder: 'CHANGE' } }], before, NOW, REFUSE_SETTINGS);
    expect(item.outcome).toMatchObject({ type: 'OrderRejected', data: { code: 'NOT_CHANGEABLE', errors: [{ code: 'ORDER_PENDING' }] } });
  });

  test('can be cancelled, and a later confirmation is refused', () => {
    const { item } = live([cancel(2), decide(3)], pending(), NOW, CONFIRMATION_SETTINGS);
    expect(item).toMatchObject({ status: 'CANCELLED', outcome: { type: 'OrderConfirmationRefused', data: { code: 'ORDER_CANCELLED' } } });
  });

  test('can be placed again after it was rejected, and is then decided anew', () => {
    const { item } = live([decide(2, 1, 'REJECT'), place(3), decide(4, 1)], pending(), NOW, CONFIRMATION_SETTINGS);
    expect(item).toMatchObject({ status: 'PENDING', version: 1, outcome: { data: { code: 'DECISION_OUTDATED' } } });
  });

  test('only its deadline decides after confirmation was switched off', () => {
    const { item } = live([change(2)], pending(), NOW);
    expect(item).toMatchObject({ status: 'PENDING', version: 2, confirmation: { cause: { commandId: 'command-1' } } });
    expect(nextWrite(item, undefined, DEADLINE, { rejectedOrderRetention: 60, pendingCommandRetention: 60 })!.item).toMatchObject({ status: 'REJECTED' });
  });
});

describe('a pending order of a file has an outcome when it is settled', () => {
  const fileId = fileIdOf(7);
  const fromFile: SequencedCommand = { ...place(1), channel: CHANNEL.FILE, correlationId: fileId, commandId: commandIdInFile(FILE_TIME, fileId)(5) };
  const before = pending(fromFile);
  const decideFile = (decision: 'CONFIRM' | 'REJECT') => {
    const command = decide(2, 1, decision);
    return { ...command, data: { ...command.data, decisionId: fromFile.commandId } };
  };
  const outcome = (value: string) => ({ fileId, index: 5, outcome: value });

  test('and none before', () => {
    expect(before.fileOutcome).toBeUndefined();
  });

  test('by a decision', () => {
    expect(live([decideFile('CONFIRM')], before, NOW, CONFIRMATION_SETTINGS).item.fileOutcome).toMatchObject(outcome('CONFIRMED'));
    expect(live([decideFile('REJECT')], before, NOW, CONFIRMATION_SETTINGS).item.fileOutcome)
      .toMatchObject({ ...outcome('REJECTED'), rejection: { code: 'NOT_CONFIRMED', errors: [{ code: 'OUT_OF_STOCK' }] } });
  });

  test('by its deadline', () => {
    expect(nextWrite(before, undefined, DEADLINE, CONFIRMATION_SETTINGS)!.item.fileOutcome)
      .toMatchObject({ ...outcome('REJECTED'), rejection: { code: 'CONFIRMATION_TIMED_OUT' } });
  });

  test('by a cancellation', () => {
    expect(live([cancel(2)], before, NOW, CONFIRMATION_SETTINGS).item.fileOutcome).toMatchObject({ ...outcome('REJECTED'), rejection: { code: 'ORDER_CANCELLED' } });
  });

  test('also after a change', () => {
    const { item } = live([change(2), decide(3, 2)], before, NOW, CONFIRMATION_SETTINGS);
    expect(item.fileOutcome).toMatchObject(outcome('CONFIRMED'));
  });
});
