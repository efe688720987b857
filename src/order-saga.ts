import type { Duration } from 'aws-cdk-lib';
import { Choice, Condition, Fail, Pass, StateMachineFragment, type INextable, type State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { OrderSagaStep } from './order-saga-step';
import { WORKFLOW_FAILED } from './private/contract';
import { assertProps, durationBetween, durationKnown } from './private/validate';
import { jsonata } from './private/workflow/expressions';
import { requireWorkflow } from './private/workflow/require-workflow';
import { continueAt, type SagaPart } from './private/workflow/saga-part';
import { LONGEST_WORKFLOW, SHORTEST_DEADLINE } from './private/workflow/step-limits';

/**
 * Properties of `OrderSaga`.
 */
export interface OrderSagaProps {
  /**
   * The steps, in the sequence in which they run. At least one.
   */
  readonly steps: OrderSagaStep[];

  /**
   * How long after the start of the execution a step may start, 1 minute to 365 days. Later, it fails with the code `DEADLINE_EXCEEDED`, and the steps
   * before it are compensated.
   *
   * @default - none
   */
  readonly deadline?: Duration;
}

/**
 * Steps that take effect together or not at all: if one of them fails, those that may have taken effect are compensated, the last one first, and the
 * saga ends with the error `OrderWorkflow.Failed`. `OrderWorkflow` handles it; in a `Parallel` or `Map` of your own, it stops the other branches.
 *
 * Its output is the input with the outcome of each step in `steps`: `{ status: 'SUCCEEDED', result }`, or `{ status: 'SKIPPED' }`. The outcome of each
 * step, and each compensation, is an event on the bus: `OrderWorkflowStepSucceeded`, `OrderWorkflowStepFailed` and `OrderWorkflowStepCompensated`.
 *
 * It is for the definition of an `OrderWorkflow`, alone or with other states.
 */
export class OrderSaga extends StateMachineFragment {
  public readonly startState: State;
  public readonly endStates: INextable[];

  constructor(scope: Construct, id: string, props: OrderSagaProps) {
    super(scope, id);
    const parts = props.steps.map(({ _part }) => _part);
    assertProps(this, validateSaga(props, parts));
    const context = { scope: this, deadline: props.deadline?.toSeconds() };
    const firstCompensation = this.addCompensations(parts);
    const actions = parts.map((part) => part.action(context));
    const succeeded = Pass.jsonata(this, 'Saga succeeded');
    actions.forEach((states, index) => {
      const next = actions[index + 1]?.start ?? succeeded;
      const hasFailed = Condition.jsonata(jsonata('$exists($states.input.failure)'));
      continueAt(states, Choice.jsonata(this, `${parts[index].names.join(', ')} failed?`).when(hasFailed, firstCompensation).otherwise(next));
    });
    this.startState = actions[0].start;
    this.endStates = [succeeded];
    requireWorkflow(this);
  }

  /** Adds the compensations in reverse sequence, each of which is skipped if its step had no effect. Returns the state with which they start. */
  private addCompensations(parts: readonly SagaPart[]): State {
    const failed: State = Fail.jsonata(this, 'Saga failed', { error: WORKFLOW_FAILED, cause: jsonata('$string($states.input.failure)') });
    return parts.reduce((next, part) => {
      const compensation = part.compensation({ scope: this });
      if (!compensation) return next;
      continueAt(compensation, next);
      return compensation.start;
    }, failed);
  }
}

function validateSaga({ steps, deadline }: OrderSagaProps, parts: readonly SagaPart[]): (string | undefined)[] {
  const names = parts.flatMap((part) => part.names);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  return [
    steps.length === 0 ? '`steps` must contain at least one step, got none' : undefined,
    ...parts.flatMap((part) => part.validate()),
    repeated === undefined ? undefined : `\`steps\` must contain each name once, got ${repeated} again`,
    durationKnown('deadline', deadline, 'the expressions of the states contain it'),
    durationBetween('deadline', deadline, SHORTEST_DEADLINE, LONGEST_WORKFLOW),
  ];
}
