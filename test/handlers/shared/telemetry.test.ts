import '../../support/handler-env';
import { logger, report } from '#shared';
import { loggedEntries } from '../../support/captured-logs';

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
  expect([counts.OrderStored].flat().reduce((sum: number, count: number) => sum + count)).toBe(2);
  expect(counts.OrderRepeated).toBe(1);
});

test('what is counted elsewhere is told, and not counted', () => {
  report('orders processed', [{ outcome: 'OrderConfirmed', orderId: 'order-1', isCounted: false }, { outcome: 'OrderRepeated' }]);

  const [entry, counts] = loggedEntries();
  expect(entry.outcomes).toEqual([{ outcome: 'OrderConfirmed', orderId: 'order-1' }, { outcome: 'OrderRepeated' }]);
  expect(counts).not.toHaveProperty('OrderConfirmed');
  expect(counts.OrderRepeated).toBe(1);
});

test('counts do not carry over to the next batch', () => {
  report('first', [{ outcome: 'OrderStored' }]);
  report('second', [{ outcome: 'OrderRepeated' }]);

  expect(loggedEntries().at(-1)).not.toHaveProperty('OrderStored');
});

test('a log that cannot be written does not undo what was done', () => {
  const broken = jest.spyOn(logger, 'info').mockImplementation(() => { throw new Error('the log is full'); });

  expect(() => report('orders processed', [{ outcome: 'OrderStored' }])).not.toThrow();
  broken.mockRestore();
});
