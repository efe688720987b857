import { describeMessage, RedriveSummary, type DeadLetterMessage, type MovedMessages } from '#shared';
import { sampleDeadLetterMessage, sampleRoute, texts } from './sample-dead-letter-message';
import { onTheBus, orderValidated } from '../../../support/sample-messages';

const route = sampleRoute({ maxReceiveCount: 5 });
const event = (orderId: string, id: string, changes: Partial<DeadLetterMessage> = {}) =>
  sampleDeadLetterMessage(onTheBus(orderValidated({ orderId })), { id, ...changes });
const described = (...messages: DeadLetterMessage[]): MovedMessages => messages.map((message) => [message, describeMessage(message, route, 0)]);

test('there is one event for each order, whatever the number of its messages and queues', () => {
  const summary = new RedriveSummary();
  summary.add(described(event('order-1', '1'), event('order-2', '2')), route);
  summary.add(described(event('order-1', '3')), { ...route, name: 'history' });

  expect(summary.size).toBe(2);
  expect(summary.takeEvents().map(({ metadata: { orderId }, data: { messages, queues } }) => [orderId, messages, queues.map(({ queue }) => queue)]))
    .toEqual([['order-1', 2, ['processing', 'history']], ['order-2', 1, ['processing']]]);
});

test('events are taken once', () => {
  const summary = new RedriveSummary();
  summary.add(described(event('order-1', '1')), route);
  summary.takeEvents();

  expect([summary.size, summary.takeEvents()]).toEqual([0, []]);
});

test('the reason has no EventBridge message, which names resources of the account', () => {
  const summary = new RedriveSummary();
  summary.add(described(event('order-1', '1', { attributes: texts({ ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'arn:aws:sqs:eu-west-1:1:q' }) })), route);

  expect(summary.takeEvents()[0].data.queues[0].reasons).toEqual(['NO_PERMISSIONS']);
});

test.each([
  ['about no order', sampleDeadLetterMessage({})],
  ['that are OrderRedriven events themselves', sampleDeadLetterMessage({ ...onTheBus(orderValidated()), 'detail-type': 'OrderRedriven' })],
])('there is no event for messages %s', (_, message) => {
  const summary = new RedriveSummary();
  summary.add(described(message), route);
  expect(summary.takeEvents()).toEqual([]);
});
