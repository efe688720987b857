import type { SQSRecord } from 'aws-lambda';
import { RetryableError, type ValidationHook, type HookOrder, type HookResult } from '#shared';
import { MemorySequences } from '../../../support/memory-sequences';
import { sampleCommand } from '../../../support/sample-messages';
import { sampleOrder } from '../../../support/sample-order';
import { fifoRecord } from '../../../support/sqs-event';
import { validateRecords } from '../../../support/validate-records';

const order = (n: number, changes: Record<string, unknown> = {}): SQSRecord => fifoRecord(
  `message-${n}`, sampleCommand({ commandId: `command-${n}`, orderId: `order-${n}`, payload: sampleOrder({ orderId: `order-${n}`, ...changes }) }), `order-${n}`,
);
const cancellation = (n: number): SQSRecord =>
  fifoRecord(`message-${n}`, sampleCommand({ commandType: 'CancelOrder', commandId: `command-${n}`, orderId: `order-${n}`, payload: { reason: 'r' } }), `order-${n}`);
const poison = () => fifoRecord('message-9', 'not JSON', 'order-9');

/** The same message, when it comes again. */
const again = (record: SQSRecord): SQSRecord => ({ ...record, attributes: { ...record.attributes, ApproximateReceiveCount: '2' } });

const tooDear = [{ path: '/total', code: 'OVER_CREDIT_LIMIT', message: 'is too dear' }];

/** A hook that records the orders of its calls. */
function hook(resultFor: (order: HookOrder) => HookResult = () => []) {
  const asked: string[][] = [];
  const ask: ValidationHook = async (orders) => {
    asked.push(orders.map(({ orderId }) => orderId));
    return orders.map(resultFor);
  };
  return { asked, ask };
}

async function validate(records: readonly SQSRecord[], validationHook: ValidationHook, sequences = new MemorySequences()) {
  const validatedOf = await validateRecords(records, { sequences, accepted: ['PlaceOrder', 'CancelOrder'], hasTenants: false, validationHook });
  return records.map((record) => {
    try {
      return validatedOf(record).validation.type;
    } catch (error) {
      return (error as Error).name;
    }
  });
}

describe('the hook', () => {
  test('is asked once, about the orders that keep all other rules', async () => {
    const { asked, ask } = hook();
    await validate([order(1), order(2, { total: 1 }), cancellation(3), poison(), order(4)], ask);

    expect(asked).toEqual([['order-1', 'order-4']]);
  });

  test('is asked with the facts, the total that was worked out among them, and the document as it was sent', async () => {
    const ask = jest.fn<ReturnType<ValidationHook>, Parameters<ValidationHook>>(async () => [[]]);
    await validate([order(1, { externalReference: '#1001' })], ask);

    expect(ask.mock.calls[0][0]).toEqual([{
      orderId: 'order-1', customerId: 'customer-1', currency: 'EUR', total: 4129, externalReference: '#1001', order: sampleOrder({ orderId: 'order-1', externalReference: '#1001' }),
    }]);
  });

  test.each([['no order keeps the rules', [order(1, { total: 1 }), poison()]], ['there is no order', [cancellation(1)]], ['there is nothing', []]])(
    'is not asked when %s', async (_, records) => {
      const { asked, ask } = hook();
      await validate(records, ask);

      expect(asked).toEqual([]);
    });

  test('rejects orders for its own reasons, with their customers', async () => {
    const { ask } = hook(({ orderId }) => (orderId === 'order-2' ? tooDear : []));
    const records = [order(1), order(2), order(3)];
    const validatedOf = await validateRecords(records, { sequences: new MemorySequences(), accepted: ['PlaceOrder'], hasTenants: false, validationHook: ask });

    expect(records.map((record) => validatedOf(record).validation.type)).toEqual(['OrderValidated', 'OrderRejected', 'OrderValidated']);
    expect(validatedOf(records[1])).toMatchObject({
      command: { commandId: 'command-2' }, assignment: { sequence: 1 }, validation: { facts: { customerId: 'customer-1', total: 4129 }, data: { code: 'REJECTED_BY_HOOK', errors: tooDear } },
    });
  });

  test('fails when it gives no answer: the orders it was asked about come again, and nothing else', async () => {
    const ask = async () => { throw new RetryableError('ValidationHookFailed', 'the validation hook failed'); };

    expect(await validate([order(1), order(2, { total: 1 }), cancellation(3)], ask)).toEqual(['ValidationHookFailed', 'OrderRejected', 'OrderCancellationRequested']);
  });

  test('is asked alone about orders that come again: one that it cannot digest takes no others with it', async () => {
    const asked: string[][] = [];
    const ask: ValidationHook = async (orders) => {
      asked.push(orders.map(({ orderId }) => orderId));
      if (orders.some(({ orderId }) => orderId === 'order-2')) throw new RetryableError('ValidationHookFailed', 'the validation hook failed');
      return orders.map(() => []);
    };

    expect(await validate([order(1), again(order(2)), again(order(3)), order(4)], ask)).toEqual(['OrderValidated', 'ValidationHookFailed', 'OrderValidated', 'OrderValidated']);
    expect(asked.toSorted()).toEqual([['order-1', 'order-4'], ['order-2'], ['order-3']]);
  });
});

describe('a result', () => {
  test.each<[string, HookResult, string]>([['accepts', [], 'OrderValidated'], ['rejects', tooDear, 'OrderRejected']])(
    'that %s an order is the same when the order comes again, without another call', async (_, result, type) => {
      const sequences = new MemorySequences();
      const { asked, ask } = hook(() => result);
      await validate([order(1)], ask, sequences);
      const other = hook(() => (result.length > 0 ? [] : tooDear));

      expect(await validate([again(order(1))], other.ask, sequences)).toEqual([type]);
      expect([asked, other.asked]).toEqual([[['order-1']], []]);
    });

  test('that is known is neither asked for nor kept again, though its order comes in another message with new ones', async () => {
    const sequences = new MemorySequences();
    await validate([order(1)], hook(() => tooDear).ask, sequences);
    const { asked, ask } = hook();
    const kept = jest.fn(sequences.saveHookResult);

    expect(await validate([order(1), order(2)], ask, Object.assign(sequences, { saveHookResult: kept }))).toEqual(['OrderRejected', 'OrderValidated']);
    expect(asked).toEqual([['order-2']]);
    expect(kept.mock.calls).toEqual([['order-2', 1, []]]);
  });

  test('that was kept first counts where two questions were on their way at once', async () => {
    const sequences = new MemorySequences();
    const { ask } = hook(() => tooDear);
    const late: ValidationHook = async (orders) => {
      await validate([again(order(1))], ask, sequences);
      return orders.map(() => []);
    };

    expect(await validate([order(1)], late, sequences)).toEqual(['OrderRejected']);
  });

  test('fails when it cannot be kept: that order comes again, and no other', async () => {
    const sequences = new MemorySequences();
    const { saveHookResult } = sequences;
    Object.assign(sequences, {
      saveHookResult: async (...given: Parameters<typeof saveHookResult>) => {
        if (given[0] === 'order-2') throw new RetryableError('TableDown', 'down');
        return saveHookResult(...given);
      },
    });

    expect(await validate([order(1), order(2)], hook().ask, sequences)).toEqual(['OrderValidated', 'TableDown']);
  });
});
