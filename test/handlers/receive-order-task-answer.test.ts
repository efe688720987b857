import '../support/handler-env';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { handler as openTask } from '../../handlers/open-order-task';
import { handler } from '../../handlers/receive-order-task-answer';
import { postOrder } from '../support/api-request';
import { loggedText } from '../support/captured-logs';
import { FakeStepFunctions } from '../support/fake-step-functions';
import { FakeTasksTable } from '../support/fake-tasks-table';
import { loadHandler } from '../support/load-handler';
import { acceptEvents, eventBridge } from '../support/published-events';
import { taskInput } from '../support/sample-task';

const scheduler = mockClient(SchedulerClient);
let stepFunctions: FakeStepFunctions;
beforeEach(async () => {
  scheduler.on(CreateScheduleCommand).resolves({});
  eventBridge.reset();
  acceptEvents();
  expect(new FakeTasksTable()).toBeDefined();
  stepFunctions = new FakeStepFunctions();
  await openTask(taskInput());
});

const answer = async (body: unknown, pathParameters: object = { orderId: 'order-1', task: 'Ship' }, more: object = {}) => {
  const { statusCode, body: text } = await handler(postOrder(body, {}, { pathParameters, ...more }));
  return { statusCode, ...JSON.parse(text) as { type?: string; errors?: { path: string; code: string }[] } };
};

test('an answer continues the workflow, and a repeated one is answered in the same way', async () => {
  const given = { outcome: 'SUCCEEDED', result: { tracking: 'canary' } };
  for (let times = 0; times < 2; times++) expect(await answer(given)).toEqual({ statusCode: 200, orderId: 'order-1', task: 'Ship', status: 'ANSWERED' });
  expect(Object.fromEntries(stepFunctions.answers)).toEqual({ 'token-1': given });
  expect(loggedText()).not.toContain('canary');
});

test.each<[string, object]>([
  ['an order without tasks', { orderId: 'order-2', task: 'Ship' }],
  ['a task that the order does not have', { orderId: 'order-1', task: 'Bake' }],
  ['an ID that no order can have', { orderId: 'order 1', task: 'Ship' }],
  ['a name that no task can have', { orderId: 'order-1', task: '1/2' }],
])('%s is not found', async (_, parameters) => {
  expect(await answer({ outcome: 'SUCCEEDED' }, parameters)).toMatchObject({ statusCode: 404, type: 'urn:cdk-order-pipeline:problem:task-not-found' });
});

test('a different answer is a conflict, and so is one after the end of the task', async () => {
  await answer({ outcome: 'SUCCEEDED' });
  expect(await answer({ outcome: 'FAILED', code: 'SOLD_OUT' })).toMatchObject({ statusCode: 409, type: 'urn:cdk-order-pipeline:problem:task-answered' });
  await openTask(taskInput({ taskToken: 'token-2' }));
  stepFunctions.ended.add('token-2');
  expect(await answer({ outcome: 'SUCCEEDED' })).toMatchObject({ statusCode: 409, type: 'urn:cdk-order-pipeline:problem:task-ended' });
});

test('all errors of an answer are returned at once', async () => {
  const { statusCode, errors } = await answer({ code: 'sold out', message: '', by: 'me' });
  expect(statusCode).toBe(400);
  expect(errors!.map(({ path, code }) => `${path} ${code}`)).toEqual(['/outcome INVALID', '/code INVALID_FORMAT', '/message TOO_SMALL', '/by UNKNOWN_FIELD']);
  expect(stepFunctions.answers.size).toBe(0);
});

test('other methods are not allowed', async () => {
  expect(await answer({ outcome: 'SUCCEEDED' }, undefined, { httpMethod: 'PUT' })).toMatchObject({ statusCode: 405 });
});

test('customers answer no tasks, and a tenant only its own', async () => {
  const authorizer = { claims: { tenant: 'globex', sub: 'customer-1' } };
  const withCallers = (settings: object) => loadHandler<{ handler: typeof handler }>('receive-order-task-answer', { CALLERS: JSON.stringify(settings) });
  const request = postOrder({ outcome: 'SUCCEEDED' }, {}, { pathParameters: { orderId: 'order-1', task: 'Ship' }, requestContext: { requestId: 'r', authorizer, identity: {} } });
  const customers = withCallers({ customer: { from: 'claim', name: 'sub' } });
  expect(await customers.handler(request)).toMatchObject({ statusCode: 403 });
  const tenants = withCallers({ tenant: { from: 'claim', name: 'tenant' } });
  expect(await tenants.handler(request)).toMatchObject({ statusCode: 404 });
  await openTask(taskInput({ metadata: { ...taskInput().metadata, tenant: 'globex' }, taskToken: 'token-of-globex' }));
  expect(await tenants.handler(request)).toMatchObject({ statusCode: 200 });
  expect([...stepFunctions.answers.keys()]).toEqual(['token-of-globex']);
});

test('an error of Step Functions is a 503, which can be retried', async () => {
  stepFunctions.failWith(new Error('down'));
  expect(await answer({ outcome: 'SUCCEEDED' })).toMatchObject({ statusCode: 503 });
});
