import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  answerTask, consumeQueue, PoisonMessage, publishEvent, readEnv, readTaskMessage, taskRequestedEvent,
  type AnswerMessage, type Outcome, type ReminderMessage,
} from '#shared';
import { eventPublisher } from './aws/event-bus';
import { queueFailures } from './aws/failure-policies';
import { completeTask } from './aws/task-tokens';
import { taskStore } from './aws/tasks-table';

const env = readEnv('answer-order-task');
const tasks = taskStore(env.TASKS_TABLE_NAME);
const publish = eventPublisher(env);
const onFailure = queueFailures(env);

/** Continues the workflows whose tasks other systems answer by events, and publishes the reminders of tasks without an answer. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order tasks answered', consume, onFailure });

async function consume({ body, messageId }: SQSRecord): Promise<Outcome> {
  const message = readTaskMessage(body, env.HAS_TENANTS === 'true');
  const outcome = 'answer' in message ? await answer(message) : await remind(message);
  return { outcome, orderId: message.orderId, messageId };
}

async function answer({ orderId, task, answer: given }: AnswerMessage): Promise<string> {
  const result = await answerTask(tasks, completeTask, orderId, task, given);
  if (result === 'NOT_FOUND') throw new PoisonMessage('the order has no such task');
  return OUTCOMES[result];
}

const OUTCOMES = {
  ANSWERED: 'OrderTaskAnswered', REPEATED: 'OrderTaskAnswerRepeated', DIFFERENT: 'OrderTaskAnswerIgnored', ENDED: 'OrderTaskAnswerLate',
} as const;

/** A task that was opened again has reminders of its own. */
async function remind({ orderId, task: name, token, reminder }: ReminderMessage): Promise<string> {
  const task = await tasks.load(orderId, name);
  const now = new Date();
  if (task?.token !== token || task.answer !== undefined || task.dueAt <= now.toISOString()) return 'OrderTaskReminderOmitted';
  await publishEvent(publish, taskRequestedEvent(task, reminder, now));
  return 'OrderTaskReminded';
}
