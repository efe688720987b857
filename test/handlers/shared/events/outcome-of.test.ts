import { outcomeOf } from '#shared';
import { orderRejected, orderValidated } from '../../../support/sample-messages';

test('an event is logged by its type and its ids', () => {
  expect(outcomeOf(orderValidated())).toEqual({ outcome: 'OrderValidated', orderId: 'order-1', commandId: 'command-1', correlationId: 'correlation-1' });
});

test('a rejection is logged with its code', () => {
  expect(outcomeOf(orderRejected())).toMatchObject({ outcome: 'OrderRejected', reason: 'INVALID_ORDER' });
});

test('an event may be logged by another word', () => {
  expect(outcomeOf(orderValidated(), 'OrderRepeated').outcome).toBe('OrderRepeated');
});
