import { stringify } from 'safe-stable-stringify';
import * as z from 'zod/mini';
import type { OrderTask, OrderTaskStore } from './order-task';
import { MAX_STEP_NAME, STEP_OUTCOME } from '../../../src/private/contract';
import { text } from '../json/text';
import { RetryableError } from '../messaging/errors';
import type { OrderKey } from '../orders/order-identity';

/** The answer to a task, without its name. */
export const answerSchema = z.strictObject({
  outcome: z.enum(STEP_OUTCOME),
  code: z.optional(z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,63}$/))),
  message: z.optional(text(1, 500)),
  result: z.optional(z.unknown()),
});
export type TaskAnswer = z.infer<typeof answerSchema>;

/** The format of the name of a task. */
export const TASK_NAME_PATTERN = new RegExp(`^[A-Za-z][A-Za-z0-9_-]{0,${MAX_STEP_NAME - 1}}$`);

/** What became of an answer: `ENDED` means that the workflow does not wait any more, `DIFFERENT` that the task has another answer. */
export type AnswerResult = 'ANSWERED' | 'REPEATED' | 'DIFFERENT' | 'ENDED' | 'NOT_FOUND';

/** Continues an execution with a result. Returns false if it does not wait any more. */
export type CompleteTask = (token: string, output: string) => Promise<boolean>;

/**
 * Answers a task. The answer is stored before the execution continues, so that a repeated answer continues it after a failure in between, and a
 * different one never does.
 *
 * @throws RetryableError when the task is opened again at the same time.
 */
export async function answerTask(
  tasks: OrderTaskStore, complete: CompleteTask, orderId: OrderKey, name: string, given: TaskAnswer,
): Promise<AnswerResult> {
  const task = await tasks.load(orderId, name);
  if (!task) return 'NOT_FOUND';
  const answer = stringify(given);
  const answered = task.answer === undefined ? await writeAnswer(tasks, task, answer) : task;
  if (answered.answer !== answer) return 'DIFFERENT';
  const isWaiting = await complete(answered.token, answer);
  if (task.answer !== undefined) return 'REPEATED';
  return isWaiting ? 'ANSWERED' : 'ENDED';
}

async function writeAnswer(tasks: OrderTaskStore, task: OrderTask, answer: string): Promise<OrderTask> {
  const written = await tasks.answer(task, answer);
  if (!written) throw new RetryableError('TaskReopened', 'the task was opened again at the same time');
  return written;
}
