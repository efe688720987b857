import '../support/handler-env';
import { ConflictException, CreateScheduleCommand, SchedulerClient, type CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../handlers/open-order-task';
import { loggedText } from '../support/captured-logs';
import { FakeTasksTable } from '../support/fake-tasks-table';
import { acceptEvents, eventBridge, publishedEvents } from '../support/published-events';
import { taskInput } from '../support/sample-task';

const scheduler = mockClient(SchedulerClient);
let tasks: FakeTasksTable;
beforeEach(() => {
  eventBridge.reset();
  acceptEvents();
  scheduler.reset();
  scheduler.on(CreateScheduleCommand).resolves({});
  tasks = new FakeTasksTable();
});
const schedules = (): CreateScheduleCommandInput[] => scheduler.commandCalls(CreateScheduleCommand).map(({ args: [{ input }] }) => input);

test('a task is stored with its token, and requested on the bus without it', async () => {
  const before = Date.now();
  await handler(taskInput());
  const task = tasks.get('order-1', 'Ship')!;
  expect(task).toMatchObject({ orderId: 'order-1', task: 'Ship', token: 'token-1', workflow: 'Fulfillment', execution: 'order-1-0123' });
  expect(Date.parse(task.dueAt)).toBeGreaterThanOrEqual(before + 3_600_000);
  expect(Number(task.expiresAt)).toBe(Math.floor(Date.parse(task.dueAt) / 1000) + 30 * 86_400);
  expect(publishedEvents()).toEqual([{
    type: 'OrderTaskRequested',
    metadata: {
      ...taskInput().metadata, eventId: 'order-1-0123:Ship:requested', eventType: 'OrderTaskRequested', causationId: 'event-1', occurredAt: expect.any(String), pipeline: 'Shop/Orders',
    },
    facts: { currency: 'EUR', total: 4129 },
    data: { workflow: 'Fulfillment', execution: 'order-1-0123', task: 'Ship', dueAt: task.dueAt },
  }]);
  expect(JSON.stringify(publishedEvents()) + loggedText()).not.toContain('token-1');
});

test('a reminder is scheduled once, in the group of the pipeline, if it is before the end', async () => {
  const before = Date.now();
  await handler(taskInput());
  await handler(taskInput());
  expect(schedules()).toHaveLength(2);
  expect(schedules()[0].Name).toBe(schedules()[1].Name);
  expect(schedules()[0]).toMatchObject({
    GroupName: 'reminders',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: 'arn:aws:sqs:eu-central-1:123456789012:tasks',
      RoleArn: 'arn:aws:iam::123456789012:role/reminders',
      DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:123456789012:tasks-dead-letters' },
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
    },
  });
  expect(JSON.parse(schedules()[0].Target!.Input!)).toEqual({ reminder: { orderId: 'order-1', task: 'Ship', token: 'token-1', reminder: 1 } });
  const at = Date.parse(`${/^at\((.*)\)$/.exec(schedules()[0].ScheduleExpression!)![1]}Z`);
  expect(Math.abs(at - before - 60_000)).toBeLessThan(5000);
});

test('a reminder that is scheduled already is not an error, and another error fails the invocation before the request', async () => {
  scheduler.on(CreateScheduleCommand).rejects(new ConflictException({ Message: 'exists', message: 'exists', $metadata: {} }));
  await handler(taskInput());
  expect(publishedEvents()).toHaveLength(1);
  scheduler.on(CreateScheduleCommand).rejects(new Error('throttled'));
  await expect(handler(taskInput())).rejects.toThrow('throttled');
  expect(publishedEvents()).toHaveLength(1);
});

test('the invocation fails when the event is not accepted, so that the state of the workflow retries it', async () => {
  acceptEvents(() => true);
  await expect(handler(taskInput())).rejects.toThrow('an event was not accepted');
});

test('the task of an order of a tenant is one of the tenant', async () => {
  await handler(taskInput({ metadata: { ...taskInput().metadata, tenant: 'acme' } }));
  expect(tasks.get('acme/order-1', 'Ship')).toBeDefined();
  expect(publishedEvents()).toMatchObject([{ metadata: { orderId: 'order-1', tenant: 'acme' } }]);
});

test('input of another form fails', async () => {
  await expect(handler({ ...taskInput(), taskToken: undefined })).rejects.toThrow();
});
