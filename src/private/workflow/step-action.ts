import type { INextable, State } from 'aws-cdk-lib/aws-stepfunctions';
import type { SagaContext } from './saga-part';

/** A state that continues at another. */
export type NextableState = State & INextable;

/** What a step does, and what compensates it. */
export interface StepAction {
  readonly hasCompensation: boolean;
  /** Whether the step may have taken effect: JSONata. */
  readonly mayHaveTakenEffect: string;
  /** Errors of the options. */
  validate(): readonly (string | undefined)[];
  /** Creates the states that set the outcome of the step and continue at `next`. Returns the first one. */
  createAction(context: SagaContext, next: State): State;
  /** Creates the states that compensate the step and continue at `next` with the same state of the execution. Returns the first one. */
  createCompensation(context: SagaContext, next: State): State;
}
