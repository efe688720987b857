import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct, IConstruct } from 'constructs';
import { findStates, readDefinition } from './definition';
import { unchainedStates } from './unchained-states';
import { usesTasks } from './uses-tasks';
import { validateDefinition } from './validate-definition';

/** The state machines of the workflows. */
const STATE_MACHINES = new WeakMap<IConstruct, StateMachine>();

/** The state machines of all workflows below a construct. */
export const stateMachines = (root: IConstruct): StateMachine[] =>
  root.node.findAll().map((each) => STATE_MACHINES.get(each)).filter((each) => each !== undefined);

/** Validates the definition of a workflow at synthesis, when all of its states are chained. */
export function validateDefinitionOnSynth(workflow: Construct, stateMachine: StateMachine, hasTasks: () => boolean): void {
  STATE_MACHINES.set(workflow, stateMachine);
  const validateTasks = () => (usesTasks(stateMachine) && !hasTasks() ? [TASKS_MISSING] : []);
  workflow.node.addValidation({ validate: () => [...validateWorkflow(workflow, stateMachine), ...validateTasks()] });
}

const TASKS_MISSING = '`tasks` must be set, because steps of `definition` wait for answers; pass an OrderTasks';

const validateWorkflow = (workflow: Construct, stateMachine: StateMachine): string[] => [
  ...validateDefinition(readDefinition(stateMachine)),
  ...unchainedStates(workflow, new Set(findStates(stateMachine).map(({ name }) => name))),
];
