import type { OrderDetails } from '../../../cli/console/console-api';
import { explainOrder } from '../../../console/model/explain-order';

const details = (changes: Partial<OrderDetails>): OrderDetails => ({
  summary: { orderId: 'order-1', status: 'CONFIRMED' }, masked: false, order: {}, timeline: [], versions: [], pendingCommands: [], deadLetters: [], ...changes,
});
const rejected = (reason?: string) => ({ orderId: 'order-1', status: 'REJECTED', ...(reason ? { reason } : {}) });
const rejectedEvent = (data: object) => ({ eventId: '1', type: 'OrderRejected', at: '2026-11-27T12:00:00Z', detail: { data } });

test('a confirmed order needs no explanation', () => expect(explainOrder(details({}))).toBeUndefined());

test('a rejected order is explained with the cause, the reason and the errors of its rejection', () => {
  const order = { rejection: { code: 'REJECTED_BY_HOOK', reason: 'the order is too large', errors: [{ path: '/items/0/sku', code: 'SOLD_OUT', message: 'is sold out' }, { path: '/total' }] } };
  expect(explainOrder(details({ summary: rejected('REJECTED_BY_HOOK'), order }))).toEqual({
    text: 'The validation hook of the app did not accept the order. (REJECTED_BY_HOOK)',
    errors: [{ path: '/items/0/sku', message: 'is sold out' }, { path: '/total', message: '' }],
  });
});

test('a rejection that only the event has is explained as well', () => {
  const { text, errors } = explainOrder(details({ summary: rejected(), timeline: [rejectedEvent({ code: 'INVALID_ORDER', errors: [{ path: '/currency', code: 'REQUIRED' }] })] }))!;
  expect(text).toBe('The order breaks the rules listed below. Fix it, and place it again under the same ID. (INVALID_ORDER)');
  expect(errors).toEqual([{ path: '/currency', message: 'REQUIRED' }]);
});

test('the last rejection counts: an order can be placed again', () => {
  const timeline = [rejectedEvent({ code: 'INVALID_ORDER' }), { ...rejectedEvent({ code: 'NOT_CONFIRMED' }), eventId: '2' }];
  expect(explainOrder(details({ summary: rejected(), timeline }))!.text).toContain('(NOT_CONFIRMED)');
});

test('an unknown code, and a masked reason, are explained with what is known', () => {
  expect(explainOrder(details({ summary: rejected('NEW_CODE'), order: { rejection: { reason: '•••' } } }))!.text).toBe('The order was rejected. (NEW_CODE)');
});

test.each([[null], ['text'], [[]], [{ errors: 'none' }], [{ errors: [null, 1] }]])('a rejection that is %j fails nothing', (rejection) => {
  expect(explainOrder(details({ summary: rejected(), order: { rejection } }))!.text).toMatch(/^The order was rejected\./);
});

test('a cancelled order is explained with the step of its workflow that failed, or with the reason of its cancellation', () => {
  const cancelled = { orderId: 'order-1', status: 'CANCELLED' };
  const event = (type: string, more: object = {}) => ({ eventId: type, type, at: '2026-03-01T12:00:00Z', detail: {}, ...more });
  const failed = event('OrderWorkflowStepFailed', { about: 'AuthorizePayment', reason: 'DECLINED' });
  const ended = event('OrderCancelled', { detail: { data: { reason: 'requested by the customer' } } });
  expect(explainOrder(details({ summary: cancelled, timeline: [failed, ended] }))!.text)
    .toBe('The order was cancelled because a step of its workflow failed: AuthorizePayment, DECLINED.');
  expect(explainOrder(details({ summary: cancelled, timeline: [ended] }))!.text).toBe('The order was cancelled: requested by the customer.');
  expect(explainOrder(details({ summary: cancelled, timeline: [] }))!.text).toBe('The order was cancelled.');
});

test('an order with a message in a dead-letter queue is explained with the queue and the reason', () => {
  const deadLetters = [{ queue: 'processing', messageId: '1', age: 5, receiveCount: 3, reason: 'Throttling' }];
  expect(explainOrder(details({ summary: { orderId: 'order-1', status: 'AWAITED' }, deadLetters }))!.text)
    .toBe('A message about this order is in the dead-letter queue "processing": Throttling');
});

test('an order with commands that wait, and one that is not stored, are explained', () => {
  expect(explainOrder(details({ pendingCommands: [{ command: 'change', sequence: 3 }] }))!.text).toContain('wait for an earlier one');
  expect(explainOrder(details({ summary: { orderId: 'order-1', status: 'AWAITED' } }))!.text).toContain('not stored');
});
