import { InvalidToken, SendTaskSuccessCommand, SFNClient, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import type { CompleteTask } from '#shared';
import { clientConfig } from './client-config';

const stepFunctions = new SFNClient(clientConfig());

/** What Step Functions answers for a token of a task that has ended. */
const ENDED = [InvalidToken, TaskDoesNotExist, TaskTimedOut];

/** Continues an execution with the answer to its task. */
export const completeTask: CompleteTask = async (taskToken, output) => {
  try {
    await stepFunctions.send(new SendTaskSuccessCommand({ taskToken, output }));
    return true;
  } catch (error) {
    if (ENDED.some((type) => error instanceof type)) return false;
    throw error;
  }
};
