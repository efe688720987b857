import { describeMessage, matchesRequest } from '#shared';
import { sampleLetter, sampleRoute } from './sample-dead-letter';
import { sampleCommand } from '../../../support/sample-messages';

test('a message is told of by its ids, its age and its reason, and by nothing that is in it', () => {
  const command = sampleCommand({ payload: { customerId: 'canary', notes: 'canary' } });
  const described = describeMessage(sampleLetter(command, { sentAt: 1_000_000, receiveCount: 4 }), sampleRoute({ tries: 5 }), 1_090_999);

  expect(described).toEqual({
    id: 'message-1', orderId: 'order-1', type: 'PlaceOrder', commandId: 'command-1', correlationId: 'correlation-1', age: 90, receiveCount: 4, reason: 'failed 5 times',
  });
});

test('a message from the future is new', () => {
  expect(describeMessage(sampleLetter({}, { sentAt: 2000 }), sampleRoute(), 1000).age).toBe(0);
});

const message = { orderId: 'order-1', reason: 'NO_PERMISSIONS: Access denied', age: 3600 };

test.each([
  [{}, true],
  [{ orderId: 'order-1' }, true], [{ orderId: 'order-2' }, false],
  [{ error: 'no_perm' }, true], [{ error: 'denied' }, true], [{ error: 'x' }, false],
  [{ olderThan: 3600 }, true], [{ olderThan: 3601 }, false],
  [{ newerThan: 3601 }, true], [{ newerThan: 3600 }, false],
  [{ orderId: 'order-1', error: 'x' }, false],
])('whether %p asks for it: %p', (request, asked) => {
  expect(matchesRequest(message, request)).toBe(asked);
});

test('who asks for an order does not get what is about none', () => {
  expect(matchesRequest({ reason: '', age: 1 }, { orderId: 'order-1' })).toBe(false);
});
