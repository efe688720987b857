import {
  answerSchema, answerTask, assertSeesAllCustomers, jsonBody, jsonResponse, methodCheck, ORDER_ID_PATTERN, orderKey, Problem, readEnv, report,
  restHandler, TASK_NAME_PATTERN, validateShape,
} from '#shared';
import { completeTask } from './aws/task-tokens';
import { taskStore } from './aws/tasks-table';
import { MAX_ANSWER_SIZE } from '../src/private/contract';

const env = readEnv('receive-order-task-answer');
const checkMethod = methodCheck(['POST'], env.ALLOWED_METHODS);
const tasks = taskStore(env.TASKS_TABLE_NAME);

/** POST /orders/{orderId}/tasks/{task}: answers a task of an order. 200 means that its workflow continues. Customers answer no tasks. */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  checkMethod(event);
  assertSeesAllCustomers(caller);
  const { orderId = '', task = '' } = event.pathParameters ?? {};
  const { value, errors } = validateShape(answerSchema, jsonBody(event, MAX_ANSWER_SIZE));
  if (errors) throw new Problem(400, 'invalid-answer', 'the answer is not valid; see errors', errors);
  if (!ORDER_ID_PATTERN.test(orderId) || !TASK_NAME_PATTERN.test(task)) throw notFound();
  const key = orderKey({ orderId, tenant: caller.tenant });
  const result = await answerTask(tasks, completeTask, key, task, value);
  if (result === 'NOT_FOUND') throw notFound();
  if (result === 'DIFFERENT') throw new Problem(409, 'task-answered', 'the task has another answer already');
  if (result === 'ENDED') throw new Problem(409, 'task-ended', 'the workflow does not wait for the answer any more');
  report('order task answered', [{ outcome: result === 'REPEATED' ? 'OrderTaskAnswerRepeated' : 'OrderTaskAnswered', orderId: key, correlationId }]);
  return jsonResponse(200, correlationId, { orderId, task, status: 'ANSWERED' });
});

const notFound = (): Problem => new Problem(404, 'task-not-found', 'the order has no such task; a newly requested task appears within seconds');
