import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { findStates } from './definition';

/** The function that opens tasks, in the variables of a workflow. */
export const OPEN_TASK_FUNCTION = '$workflow.openTaskFunction';

/** Whether states of a workflow open tasks. */
export const usesTasks = (stateMachine: StateMachine): boolean =>
  findStates(stateMachine).some(({ state: { Arguments } }) => JSON.stringify(Arguments ?? {}).includes(OPEN_TASK_FUNCTION));
