import { describeMessage, matchesRequest, reasonOf, shortReasonOf } from '#shared';
import { sampleDeadLetterMessage, sampleRoute, texts } from './sample-dead-letter-message';
import { sampleCommand } from '../../../support/sample-messages';

test('the description has the IDs, the age and the reason, and no content of the order', () => {
  const command = sampleCommand({ payload: { customerId: 'canary', notes: 'canary' } });
  const sent = sampleDeadLetterMessage(command, { sentAt: 1_000_000, receiveCount: 4 });
  const described = describeMessage(sent, sampleRoute({ maxReceiveCount: 5 }), 1_090_999);

  expect(described).toEqual({
    id: 'message-1', orderId: 'order-1', type: 'PlaceOrder', commandId: 'command-1', correlationId: 'correlation-1', age: 90, receiveCount: 4, reason: 'failed 5 times',
  });
});

test('a message from the future has the age 0', () => {
  expect(describeMessage(sampleDeadLetterMessage({}, { sentAt: 2000 }), sampleRoute(), 1000).age).toBe(0);
});

const message = { id: 'message-1', orderId: 'order-1', reason: 'NO_PERMISSIONS: Access denied', age: 3600 };

test.each([
  [{}, true],
  [{ orderId: 'order-1' }, true], [{ orderId: 'order-2' }, false],
  [{ error: 'no_perm' }, true], [{ error: 'denied' }, true], [{ error: 'x' }, false],
  [{ olderThan: 3600 }, true], [{ olderThan: 3601 }, false],
  [{ newerThan: 3601 }, true], [{ newerThan: 3600 }, false],
  [{ orderId: 'order-1', error: 'x' }, false],
  [{ messageIds: ['other', 'message-1'] }, true], [{ messageIds: ['other'] }, false], [{ messageIds: ['message-1'], orderId: 'order-2' }, false],
])('the message matches the filters %p: %p', (request, matches) => {
  expect(matchesRequest(message, request)).toBe(matches);
});

test('a message about no order does not match a filter by order', () => {
  expect(matchesRequest({ reason: '', age: 1 }, { orderId: 'order-1' })).toBe(false);
});

test.each([
  ['the reason in the attributes of our handlers', { Reason: 'wrong or missing: /total' }, {}, 'wrong or missing: /total'],
  ['the error in the attributes of EventBridge', { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'Access denied' }, {}, 'NO_PERMISSIONS: Access denied'],
  ['the error code of EventBridge without a message', { ERROR_CODE: 'SDK_CLIENT_ERROR' }, {}, 'SDK_CLIENT_ERROR'],
  ['the condition in the record of Lambda', {}, { requestContext: { condition: 'RetriesExhausted' } }, 'RetriesExhausted'],
  ['the number of failures', {}, {}, 'failed 5 times'],
  ['the number of failures, when the body contains other text', {}, { requestContext: { condition: 'Jane Doe' } }, 'failed 5 times'],
] as [string, Record<string, string>, object, string][])('the reason is %s', (_, attributes, body, reason) => {
  expect(reasonOf(sampleDeadLetterMessage(body, { attributes: texts(attributes) }), 5)).toBe(reason);
});

test('the reason is "failed too often" when the number of failures is unknown', () => {
  expect(reasonOf(sampleDeadLetterMessage())).toBe('failed too often');
});

test('the reason in the history names no resources of the account', () => {
  const attributes = texts({ ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'arn:aws:sqs:eu-west-1:111122223333:q' });
  expect(shortReasonOf(sampleDeadLetterMessage({}, { attributes }), 5)).toBe('NO_PERMISSIONS');
});

test('a long reason is truncated', () => {
  expect(reasonOf(sampleDeadLetterMessage({}, { attributes: texts({ Reason: 'x'.repeat(1024) }) }))).toHaveLength(256);
});
