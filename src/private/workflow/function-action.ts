import type { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetryProps, State } from 'aws-cdk-lib/aws-stepfunctions';
import { jsonata, literal, mayHaveTakenEffect, outcomeOf, outcomeOfError, outcomeOfResponse, stepKey, withOutcome } from './expressions';
import { invokeState } from './invoke-state';
import { ACTION_RETRY, LASTING_RETRY } from './retry';
import type { SagaContext } from './saga-part';
import type { StepAction } from './step-action';
import { durationBetween } from '../validate';
import { LONGEST_STEP, SHORTEST_STEP } from './step-limits';

export interface FunctionActionOptions {
  readonly function: IFunction;
  readonly compensation?: IFunction;
  readonly retry?: RetryProps;
  readonly timeout?: Duration;
}

/** Invokes a function, and another one to compensate it. */
export class FunctionAction implements StepAction {
  public readonly hasCompensation: boolean;
  public readonly mayHaveTakenEffect: string;

  constructor(private readonly name: string, private readonly options: FunctionActionOptions) {
    this.hasCompensation = options.compensation !== undefined;
    this.mayHaveTakenEffect = mayHaveTakenEffect(outcomeOf(name));
  }

  public validate(): readonly (string | undefined)[] {
    return [durationBetween('timeout', this.options.timeout, SHORTEST_STEP, LONGEST_STEP)];
  }

  public createAction({ scope }: SagaContext, next: State): State {
    const { name, options } = this;
    const state = invokeState(scope, name, {
      function: options.function,
      timeout: options.timeout,
      payload: jsonata(stepInput(name, false)),
      output: jsonata(withOutcome(name, outcomeOfResponse('$states.result.Payload'))),
      catchOutput: jsonata(withOutcome(name, outcomeOfError('$states.errorOutput.Error'))),
      retry: options.retry ?? ACTION_RETRY,
    });
    state.addCatch(next).next(next);
    return state;
  }

  public createCompensation({ scope }: SagaContext, next: State): State {
    const state = invokeState(scope, `Compensate ${this.name}`, {
      function: this.options.compensation!,
      timeout: this.options.timeout,
      payload: jsonata(stepInput(this.name, true)),
      output: jsonata(afterCompensation('$states.input')),
      retry: LASTING_RETRY,
    });
    state.next(next);
    return state;
  }
}

/** What the function of a step receives: the state of the execution with `step`. More members of `step` are JSONata. */
export const stepInput = (name: string, isCompensation: boolean, { input = '$states.input', suffix = '""', more = '' } = {}): string =>
  `$merge([${input}, {"step": {"name": ${literal(name)}, "isCompensation": ${isCompensation}, "idempotencyKey": ${stepKey(name, suffix)}${more}}}])`;

/** A compensation cannot be declined: the execution fails, and an operator has to compensate the step. */
export const afterCompensation = (output: string): string =>
  `$states.result.Payload.outcome = "FAILED" ? $error("the compensation answered FAILED") : ${output}`;
