import { publishEvent, readEnv, readTaskRequest, report, taskRequestedEvent } from '#shared';
import { eventPublisher } from './aws/event-bus';
import { reminderScheduler } from './aws/reminders';
import { taskStore } from './aws/tasks-table';

const env = readEnv('open-order-task');
const tasks = taskStore(env.TASKS_TABLE_NAME);
const publish = eventPublisher(env);
const scheduleReminder = reminderScheduler(env);

/**
 * Opens a task for a workflow that waits for an answer: stores its token, schedules its reminders, and requests the answer on the bus. The state
 * that invokes it retries it, with a new token.
 */
export async function handler(input: unknown): Promise<void> {
  const now = new Date();
  const { task, reminders } = readTaskRequest(input, now);
  await tasks.open(task);
  for (const [index, at] of reminders.entries()) await scheduleReminder(task, index + 1, at);
  await publishEvent(publish, taskRequestedEvent(task, 0, now));
  report('order task opened', [{ outcome: 'OrderTaskRequested', orderId: task.orderId }]);
}
