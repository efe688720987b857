import type { State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** States with one entry, which continue at one state. */
export interface SagaStates {
  readonly start: State;
  /** Each of them continues one end of the states. */
  readonly ends: readonly ((next: State) => unknown)[];
}

/** What steps of a saga share. */
export interface SagaContext {
  readonly scope: Construct;
  /** Seconds after the start of the execution, after which no step starts. */
  readonly deadline?: number;
}

/** A step of a saga. Its states end with the outcome of the step in `steps`, and with `failure` if it failed; no error leaves them. */
export interface SagaPart {
  /** The names of the steps in it. */
  readonly names: readonly string[];
  /** Errors of the options. */
  validate(): readonly (string | undefined)[];
  action(context: SagaContext): SagaStates;
  /** The states that compensate it if it may have taken effect. Undefined if it has no compensation. */
  compensation(context: SagaContext): SagaStates | undefined;
}

/** Continues the ends of states. */
export const continueAt = ({ ends }: SagaStates, next: State): void => ends.forEach((end) => end(next));
