import './debug-env';
import '../handlers/shared/redrive/redrive-env';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { canaryOrder, expectNoPersonalDataInLogs, malformedBodies, sdkError } from './canaries';
import { handler } from '../../handlers/redrive-dead-letters';
import { FakeSqs } from '../handlers/shared/redrive/fake-sqs';
import { loggedText } from '../support/captured-logs';
import { acceptEvents, eventBridge } from '../support/published-events';
import { sampleContext } from '../support/sample-context';
import { confirmedItem, onTheBus, orderValidated, sampleCommand } from '../support/sample-messages';
import { streamRecord } from '../support/stream-event';

const lambda = mockClient(LambdaClient);
let aws: FakeSqs;
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-03-01T12:00:00.000Z'), doNotFake: ['nextTick', 'setImmediate'] });
  jest.spyOn(Math, 'random').mockReturnValue(0);
  [lambda, eventBridge].forEach((client) => client.reset());
  aws = new FakeSqs();
  acceptEvents();
  lambda.on(InvokeCommand).resolves({ Payload: { transformToString: () => '{"batchItemFailures":[]}' } as never });
  aws.put('orders-dlq.fifo', sampleCommand({ payload: canaryOrder() }), { group: 'order-1', attributes: { Reason: 'the body is not JSON' } });
  for (const [n, body] of malformedBodies.entries()) aws.put('orders-dlq.fifo', body, { group: `order-${n + 2}` });
  aws.put('processing-dlq', onTheBus({ ...orderValidated(), data: { order: canaryOrder() } as never }));
  aws.put('processing-dlq', { 'detail-type': 'canary@example.com', 'detail': { metadata: { orderId: 'canary@example.com', commandId: 'canary name', correlationId: 'canary name' } } });
  aws.put('stream-dlq', streamRecord('1', undefined, { ...confirmedItem(), ...canaryOrder() }));
  aws.put('expiry-dlq', { canary: 'canary' });
});
afterEach(() => {
  jest.useRealTimers();
  expectNoPersonalDataInLogs();
});

const invoke = async (request: object) => {
  const response = handler(request, sampleContext(300_000));
  response.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(120_000);
  return response;
};
const redrive = (more: object = {}) => invoke({ action: 'redrive', dryRun: false, maxPerSecond: 100, ...more });

test('a list of the queues logs no personal data of their messages', async () => {
  await invoke({ action: 'list' });
});

test('a redrive logs no personal data of the messages', async () => {
  await redrive();
  expect(loggedText()).toContain('MessageRedriven');
});

test.each<[string, () => unknown]>([
  ['its queue', () => {
    aws.crossing = (name, _, effect) => {
      if (name === 'SendMessageBatch') throw sdkError();
      return effect();
    };
  }],
  ['the stream consumer', () => lambda.on(InvokeCommand).rejects(sdkError())],
  ['the bus', () => eventBridge.on(PutEventsCommand).rejects(sdkError())],
])('a redrive that fails because of %s logs no personal data of the messages', async (_, fail) => {
  fail();
  for (const queue of ['orders', 'processing', 'stream']) await redrive({ queue, limit: 2 });
});

test('an invalid request is not quoted in the logs', async () => {
  await expect(invoke({ action: 'canary', queue: 'canary@example.com' })).rejects.toThrow();
});
