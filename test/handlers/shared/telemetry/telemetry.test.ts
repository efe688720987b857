import '../../../support/handler-env';
import { logger, report } from '#shared';
import { OUTCOME_CODE_DIMENSION, REFUSAL_CODE, REJECTION_CODE } from '../../../../src/private/contract';
import { loggedEntries, loggedText } from '../../../support/captured-logs';

describe('a batch', () => {
  const logAt = (level: 'DEBUG' | 'INFO' | 'TRACE' | 'WARN') => { logger.setLogLevel(level); };
  afterEach(() => { logAt('DEBUG'); });
  const STORED = { outcome: 'OrderStored', orderId: 'order-1', commandId: 'command-1' };
  const REJECTED = { outcome: 'OrderRejected', orderId: 'order-2', reason: 'INVALID_ORDER' };
  const FAILED = { outcome: 'ConsumeFailed', messageId: 'message-3', reason: 'TimeoutError' };

  test('of plain success has no line but that of its metrics', () => {
    logAt('INFO');
    report('orders processed', Array.from({ length: 10 }, () => STORED));

    expect(loggedEntries()).toEqual([expect.objectContaining({ _aws: expect.anything(), OrderStored: 10 })]);
  });

  test('of plain success writes at most 250 bytes, however large it is', () => {
    logAt('INFO');
    report('orders processed', [STORED]);
    report('orders processed', Array.from({ length: 100 }, () => STORED));

    expect(Math.max(...loggedText().split('\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(250);
  });

  test('has one line of JSON with the outcomes that have a reason: failures, rejections and refusals', () => {
    logAt('INFO');
    report('orders processed', [STORED, REJECTED, STORED, FAILED]);

    const [line, ...counts] = loggedEntries();
    expect(line).toMatchObject({ level: 'INFO', service: 'orders', message: 'orders processed', count: 4, outcomes: [REJECTED, FAILED] });
    expect(counts[0]).toMatchObject({ OrderStored: 2, OrderRejected: 1, ConsumeFailed: 1 });
  });

  test.each(['DEBUG', 'TRACE'] as const)('has one line of JSON with all of its outcomes when the log level is %s', (level) => {
    logAt(level);
    report('orders processed', [STORED, REJECTED]);

    expect(loggedEntries()[0]).toMatchObject({ level: 'INFO', service: 'orders', message: 'orders processed', count: 2, outcomes: [STORED, REJECTED] });
  });

  test('has no line when the log level is WARN, and is counted', () => {
    logAt('WARN');
    report('orders processed', [STORED, FAILED]);

    expect(loggedEntries()).toEqual([expect.objectContaining({ OrderStored: 1, ConsumeFailed: 1 })]);
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

  expect(loggedEntries()).toHaveLength(1);
  expect(loggedText()).not.toMatch(/_aws|warn/i);
});

test('a batch without outcomes has no line', () => {
  report('pending commands expired', []);

  expect(loggedText()).toBe('');
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
