import '../../../support/handler-env';
import { logger, report } from '#shared';
import { OUTCOME_CODE_DIMENSION, REFUSAL_CODE, REJECTION_CODE } from '../../../../src/private/contract';
import { loggedEntries, loggedText } from '../../../support/captured-logs';

test('a batch is one line of JSON with its outcomes', () => {
  report('orders processed', [{ outcome: 'OrderStored', orderId: 'order-1', commandId: 'command-1' }]);

  expect(loggedEntries()[0]).toMatchObject({
    level: 'INFO', service: 'orders', message: 'orders processed', count: 1, outcomes: [{ outcome: 'OrderStored', orderId: 'order-1', commandId: 'command-1' }],
  });
});

test('every outcome is counted', () => {
  report('orders processed', [{ outcome: 'OrderStored' }, { outcome: 'OrderStored' }, { outcome: 'OrderRepeated' }]);

  const counts = loggedEntries()[1];
  expect(counts._aws.CloudWatchMetrics[0].Namespace).toBe('OrderPipeline');
  expect(counts._aws.CloudWatchMetrics[0].Dimensions).toEqual([['service']]);
  expect(counts).toMatchObject({ OrderStored: 2, OrderRepeated: 1 });
  expect(loggedEntries()).toHaveLength(2);
});

test('outcomes counted elsewhere are logged, and not counted', () => {
  report('orders processed', [{ outcome: 'OrderConfirmed', orderId: 'order-1', isCounted: false }, { outcome: 'OrderRepeated' }]);

  const [entry, counts] = loggedEntries();
  expect(entry.outcomes).toEqual([{ outcome: 'OrderConfirmed', orderId: 'order-1' }, { outcome: 'OrderRepeated' }]);
  expect(counts).not.toHaveProperty('OrderConfirmed');
  expect(counts.OrderRepeated).toBe(1);
});

test('when all outcomes are counted elsewhere, nothing is counted, without a warning', () => {
  report('orders processed', [{ outcome: 'OrderConfirmed', isCounted: false }]);
  report('pending commands expired', []);

  expect(loggedEntries()).toHaveLength(2);
  expect(loggedText()).not.toMatch(/_aws|warn/i);
});

describe('rejections and refusals', () => {
  /** What CloudWatch makes of the lines: how much of each metric, by its dimensions. */
  function counted(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { _aws, ...values } of loggedEntries()) {
      for (const { Dimensions, Metrics } of _aws?.CloudWatchMetrics ?? []) {
        for (const dimensions of Dimensions as string[][]) {
          for (const { Name } of Metrics as { Name: string }[]) {
            const metric = [...dimensions.map((dimension) => `${dimension}=${values[dimension]}`), Name].join(' ');
            sums[metric] = (sums[metric] ?? 0) + values[Name];
          }
        }
      }
    }
    return sums;
  }

  test('are counted by their code, and as before without it; others only without', () => {
    report('orders validated', [
      { outcome: 'OrderRejected', reason: 'INVALID_ORDER' },
      { outcome: 'OrderValidated' },
      { outcome: 'OrderRejected', reason: 'DUPLICATE_ORDER_ID' },
      { outcome: 'OrderRejected', reason: 'INVALID_ORDER' },
      { outcome: 'OrderChangeRefused', reason: 'EXPIRED' },
      { outcome: 'OrderCancellationRefused', reason: 'EXPIRED' },
    ]);

    expect(counted()).toEqual({
      'service=orders OrderRejected': 3,
      'service=orders OrderValidated': 1,
      'service=orders OrderChangeRefused': 1,
      'service=orders OrderCancellationRefused': 1,
      'service=orders code=INVALID_ORDER OrderRejected': 2,
      'service=orders code=DUPLICATE_ORDER_ID OrderRejected': 1,
      'service=orders code=EXPIRED OrderChangeRefused': 1,
      'service=orders code=EXPIRED OrderCancellationRefused': 1,
    });
  });

  test('have one set of dimensions per line, so that codes are not mixed', () => {
    report('orders validated', [{ outcome: 'OrderRejected', reason: 'INVALID_ORDER' }, { outcome: 'OrderRejected', reason: 'EXPIRED' }]);

    const directives = loggedEntries().slice(1).map(({ _aws }) => _aws.CloudWatchMetrics);
    const metrics = { Namespace: 'OrderPipeline', Metrics: [{ Name: 'OrderRejected', Unit: 'Count' }] };
    const byCode = [{ ...metrics, Dimensions: [['service', OUTCOME_CODE_DIMENSION]] }];
    expect(directives).toEqual([[{ ...metrics, Dimensions: [['service']] }], byCode, byCode]);
  });

  test.each([
    ...Object.values(REJECTION_CODE).map((code) => ['OrderRejected', code]),
    ...['OrderChangeRefused', 'OrderCancellationRefused', 'OrderFulfillmentRefused']
      .flatMap((outcome) => Object.values(REFUSAL_CODE).map((code) => [outcome, code])),
  ])('have each of their codes: %s, %s', (outcome, reason) => {
    report('orders processed', [{ outcome, reason }]);

    expect(counted()).toEqual({ [`service=orders ${outcome}`]: 1, [`service=orders code=${reason} ${outcome}`]: 1 });
  });

  test.each([
    ['a rejection without a code', 'OrderRejected', undefined],
    ['text in the place of a code', 'OrderRejected', 'the order of Jane Doe is wrong'],
    ['a code that is none of a rejection', 'OrderRejected', 'VERSION_MISMATCH'],
    ['the name of an error', 'ConsumeFailed', 'ThrottlingException'],
    ['text about a poison message', 'PoisonMessage', 'the message is not JSON'],
    ['a code where there is nothing refused', 'FileRejected', 'EXPIRED'],
  ])('have no other: %s', (_, outcome, reason) => {
    report('orders processed', [{ outcome, reason }]);

    expect(counted()).toEqual({ [`service=orders ${outcome}`]: 1 });
  });

  test('that are counted elsewhere are counted there by their code, too', () => {
    report('orders processed', [{ outcome: 'OrderRejected', reason: 'DUPLICATE_ORDER_ID', isCounted: false }]);

    expect(counted()).toEqual({});
  });

  test('may be more than fit into one line of EMF', () => {
    report('pending commands expired', Array.from({ length: 250 }, () => ({ outcome: 'OrderChangeRefused', reason: 'EXPIRED' })));

    expect(counted()).toEqual({ 'service=orders OrderChangeRefused': 250, 'service=orders code=EXPIRED OrderChangeRefused': 250 });
  });
});

test('counts do not carry over to the next batch', () => {
  report('first', [{ outcome: 'OrderStored' }]);
  report('second', [{ outcome: 'OrderRepeated' }]);

  expect(loggedEntries().at(-1)).not.toHaveProperty('OrderStored');
});

test('an error of logging does not fail completed work', () => {
  const broken = jest.spyOn(logger, 'info').mockImplementation(() => { throw new Error('the log is full'); });

  expect(() => report('orders processed', [{ outcome: 'OrderStored' }])).not.toThrow();
  broken.mockRestore();
});
