import '../support/handler-env';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../handlers/answer-order-task';
import { handler as openTask } from '../../handlers/open-order-task';
import { busEvent } from '../support/bus-event';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeStepFunctions } from '../support/fake-step-functions';
import { FakeTasksTable } from '../support/fake-tasks-table';
import { loadHandler } from '../support/load-handler';
import { acceptEvents, eventBridge, publishedEvents } from '../support/published-events';
import { taskInput } from '../support/sample-task';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

const scheduler = mockClient(SchedulerClient);
let stepFunctions: FakeStepFunctions;
let tasks: FakeTasksTable;
beforeEach(async () => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({});
  scheduler.on(CreateScheduleCommand).resolves({});
  eventBridge.reset();
  acceptEvents();
  tasks = new FakeTasksTable();
  stepFunctions = new FakeStepFunctions();
  await openTask(taskInput());
  eventBridge.resetHistory();
  jest.clearAllMocks();
});

const answerOf = (data: object, metadata: Record<string, unknown> = {}) =>
  sqsRecord('message-1', busEvent({ 'detail-type': 'OrderTaskAnswered' }, metadata, { task: 'Ship', ...data }));
const reminderOf = (changes: object = {}) => sqsRecord('message-1', { reminder: { orderId: 'order-1', task: 'Ship', token: 'token-1', reminder: 1, ...changes } });
const outcome = () => loggedEntries()[0].outcomes[0].outcome as string;
const reasons = () => sentMessages().map(({ MessageAttributes }) => MessageAttributes!.Reason.StringValue);

test('an answer continues the workflow', async () => {
  expect(await handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED', result: { tracking: 'canary' } })))).toEqual(failed());
  expect(Object.fromEntries(stepFunctions.answers)).toEqual({ 'token-1': { outcome: 'SUCCEEDED', result: { tracking: 'canary' } } });
  expect(outcome()).toBe('OrderTaskAnswered');
  expect(loggedText()).not.toContain('canary');
});

test('a repeated answer changes nothing, and a different one is ignored', async () => {
  const declined = { outcome: 'FAILED', code: 'SOLD_OUT', message: 'none left' };
  await handler(sqsEvent(answerOf(declined)));
  jest.clearAllMocks();
  await handler(sqsEvent(answerOf(declined)));
  expect(outcome()).toBe('OrderTaskAnswerRepeated');
  jest.clearAllMocks();
  await handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED' })));
  expect(outcome()).toBe('OrderTaskAnswerIgnored');
  expect([...stepFunctions.answers.values()]).toEqual([declined]);
});

test('an answer that was stored before a failure continues the workflow when it is retried', async () => {
  stepFunctions.failWith(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
  expect(await handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED' })))).toEqual(failed('message-1'));
  stepFunctions = new FakeStepFunctions();
  expect(await handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED' })))).toEqual(failed());
  expect([...stepFunctions.answers.keys()]).toEqual(['token-1']);
});

test('an answer after the end of the task has no effect', async () => {
  stepFunctions.ended.add('token-1');
  expect(await handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED' })))).toEqual(failed());
  expect(outcome()).toBe('OrderTaskAnswerLate');
});

test('a task that is opened again takes the place of the first one', async () => {
  await openTask(taskInput({ taskToken: 'token-2' }));
  await handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED' })));
  expect([...stepFunctions.answers.keys()]).toEqual(['token-2']);
});

test.each<[string, object, Record<string, unknown>, string]>([
  ['a task that the order does not have', { task: 'Bake', outcome: 'SUCCEEDED' }, {}, 'the order has no such task'],
  ['an unknown outcome', { outcome: 'MAYBE' }, {}, 'wrong or missing: /detail/data/outcome'],
  ['unknown fields', { outcome: 'SUCCEEDED', by: 'me' }, {}, 'wrong or missing: /detail/data'],
  ['a tenant in a pipeline without', { outcome: 'SUCCEEDED' }, { tenant: 'acme' }, 'wrong: /detail/metadata/tenant; this pipeline has no tenants'],
  ['a large result', { outcome: 'SUCCEEDED', result: 'x'.repeat(70_000) }, {}, 'the answer must have at most 65536 bytes as JSON'],
])('an answer with %s goes to the dead-letter queue', async (_, data, metadata, reason) => {
  expect(await handler(sqsEvent(answerOf(data, metadata)))).toEqual(failed());
  expect(reasons()).toEqual([expect.stringContaining(reason.split(';')[0])]);
  expect(stepFunctions.answers.size).toBe(0);
});

test('a pipeline with tenants needs the tenant', async () => {
  const withTenants = loadHandler<{ handler: typeof handler }>('answer-order-task', { HAS_TENANTS: 'true' });
  await openTask(taskInput({ metadata: { ...taskInput().metadata, tenant: 'acme' }, taskToken: 'token-of-acme' }));
  await withTenants.handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED' })));
  expect(reasons()).toEqual(['wrong or missing: /detail/metadata/tenant; every order of this pipeline belongs to a tenant']);
  await withTenants.handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED' }, { tenant: 'acme' })));
  expect([...stepFunctions.answers.keys()]).toEqual(['token-of-acme']);
});

test('a reminder requests the answer again, with its number', async () => {
  expect(await handler(sqsEvent(reminderOf()))).toEqual(failed());
  expect(publishedEvents()).toMatchObject([{ type: 'OrderTaskRequested', metadata: { eventId: 'order-1-0123:Ship:requested:1' }, data: { task: 'Ship', reminder: 1 } }]);
  expect(outcome()).toBe('OrderTaskReminded');
});

test.each<[string, () => unknown, object]>([
  ['is answered', () => handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED' }))), {}],
  ['was opened again', () => openTask(taskInput({ taskToken: 'token-2' })), {}],
  ['does not exist', () => undefined, { task: 'Bake' }],
  ['has ended', () => openTask(taskInput({ timeout: 0 })), {}],
])('no reminder is published for a task that %s', async (_, before, changes) => {
  await before();
  eventBridge.resetHistory();
  jest.clearAllMocks();
  expect(await handler(sqsEvent(reminderOf(changes)))).toEqual(failed());
  expect(publishedEvents()).toEqual([]);
  expect(outcome()).toBe('OrderTaskReminderOmitted');
});

test('a task keeps the answer', async () => {
  await handler(sqsEvent(answerOf({ outcome: 'SUCCEEDED' })));
  expect(tasks.get('order-1', 'Ship')).toMatchObject({ answer: '{"outcome":"SUCCEEDED"}' });
});
