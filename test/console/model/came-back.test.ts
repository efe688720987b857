import type { DeadLetter } from '../../../cli/console/console-api';
import { cameBack, subjectOf } from '../../../console/model/came-back';

const message = (messageId: string, changes: Partial<DeadLetter> = {}): DeadLetter => ({ queue: 'processing', messageId, orderId: 'order-1', age: 1, receiveCount: 3, reason: 'Throttling', ...changes });

test('a redriven message that failed again has another ID, and is found by its order', () => {
  const redriven = new Set([subjectOf(message('1'))]);
  expect(cameBack(redriven, [message('2'), message('3', { orderId: 'order-2' })])).toEqual([message('2')]);
});

test('a message about the same order in another queue, or of another tenant, did not come back', () => {
  const redriven = new Set([subjectOf(message('1'))]);
  expect(cameBack(redriven, [message('2', { queue: 'history' }), message('3', { tenant: 'acme' })])).toEqual([]);
});

test('a message without an order is found by its correlation ID', () => {
  const redriven = new Set([subjectOf(message('1', { orderId: undefined, correlationId: 'poison-1' }))]);
  expect(cameBack(redriven, [message('2', { orderId: undefined, correlationId: 'poison-1' })])).toHaveLength(1);
});
