import '../support/handler-env';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as fc from 'fast-check';
import { executionName } from '#shared';
import { handler } from '../../handlers/start-order-workflow';
import { busEvent } from '../support/bus-event';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeStepFunctions } from '../support/fake-step-functions';
import { loadHandler } from '../support/load-handler';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

let stepFunctions: FakeStepFunctions;
beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({});
  stepFunctions = new FakeStepFunctions();
});

const trigger = (metadata: Record<string, unknown> = {}, data: unknown = { order: { notes: 'canary' } }) =>
  busEvent({}, { correlationId: 'correlation-1', ...metadata }, data);
const outcomes = () => loggedEntries()[0].outcomes;

test('an event starts an execution with its detail', async () => {
  expect(await handler(sqsEvent(sqsRecord('message-1', trigger())))).toEqual(failed());
  expect(Object.fromEntries(stepFunctions.executions)).toEqual({
    [executionName('Fulfillment', 'order-1', 'event-1')]: (trigger() as { detail: object }).detail,
  });
  expect(outcomes()).toEqual([{ outcome: 'OrderWorkflowStarted', orderId: 'order-1', correlationId: 'correlation-1', messageId: 'message-1' }]);
  expect(loggedText()).not.toContain('canary');
});

test('a redelivered event starts nothing, in the same batch or later', async () => {
  await handler(sqsEvent(sqsRecord('message-1', trigger()), sqsRecord('message-2', trigger())));
  jest.clearAllMocks();
  expect(await handler(sqsEvent(sqsRecord('message-3', trigger())))).toEqual(failed());
  expect(stepFunctions.executions.size).toBe(1);
  expect(outcomes()).toMatchObject([{ outcome: 'OrderWorkflowRepeated', orderId: 'order-1' }]);
});

const deliveries = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('event-1', 'event-2', 'event-3')), { minLength: 1, maxLength: 30 });

/** Each event starts one execution, however events are redelivered and mixed. */
const startsEachOnce = (handle: typeof handler) => fc.asyncProperty(deliveries, async (events) => {
  stepFunctions = new FakeStepFunctions();
  for (const [index, [orderId, eventId]] of events.entries()) {
    await handle(sqsEvent(sqsRecord(`message-${index}`, trigger({ orderId, eventId: `${orderId}-${eventId}` }))));
  }
  expect(stepFunctions.executions.size).toBe(new Set(events.map((each) => each.join())).size);
});

test('however events are redelivered and mixed, each starts one execution', async () => {
  await fc.assert(startsEachOnce(handler), { numRuns: 50 });
});

test.each<[string, () => string]>([
  ['is not derived from the event', () => String(Math.random())],
  ['is that of the order', () => 'order-1'],
])('a handler whose name of the execution %s is detected', async (_, wrongName) => {
  jest.doMock('../../handlers/shared/workflows/execution-name', () => ({ executionName: wrongName }));
  const mutant = loadHandler<{ handler: typeof handler }>('start-order-workflow', {});
  jest.dontMock('../../handlers/shared/workflows/execution-name');
  expect((await fc.check(startsEachOnce(mutant.handler), { numRuns: 50 })).failed).toBe(true);
});

test('the orders of two tenants with the same ID have executions of their own', async () => {
  await handler(sqsEvent(...['acme', 'globex'].map((tenant) => sqsRecord(tenant, trigger({ tenant, eventId: `event-${tenant}` })))));
  expect(stepFunctions.executions.size).toBe(2);
  expect(outcomes()).toMatchObject([{ orderId: 'acme/order-1' }, { orderId: 'globex/order-1' }]);
});

test.each<[string, unknown, string]>([
  ['no JSON', 'x', 'the body is not JSON'],
  ['an event without an ID', busEvent({}, { eventId: undefined, correlationId: 'c' }), 'wrong or missing: /detail/metadata/eventId'],
  ['an event about no order', busEvent({}, { orderId: undefined, correlationId: 'c' }), 'wrong or missing: /detail/metadata/orderId'],
])('%s goes to the dead-letter queue with the reason', async (_, body, reason) => {
  expect(await handler(sqsEvent(sqsRecord('message-1', body)))).toEqual(failed());
  expect(sentMessages()).toMatchObject([{ QueueUrl: 'https://sqs.test/dead-letters', MessageAttributes: { Reason: { StringValue: reason } } }]);
  expect(stepFunctions.executions.size).toBe(0);
});

test('an event is retried when Step Functions does not respond', async () => {
  stepFunctions.failWith(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
  expect(await handler(sqsEvent(sqsRecord('message-1', trigger())))).toEqual(failed('message-1'));
  expect(outcomes()).toMatchObject([{ outcome: 'ConsumeFailed', reason: 'ThrottlingException' }]);
});
