import type { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IChainable, RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import { AnswerAction } from './private/workflow/answer-action';
import { FunctionAction } from './private/workflow/function-action';
import { ItemsAction } from './private/workflow/items-action';
import { ParallelStep } from './private/workflow/parallel-step';
import type { SagaPart } from './private/workflow/saga-part';
import { SingleStep } from './private/workflow/single-step';
import { StatesAction } from './private/workflow/states-action';

/**
 * Options of every step of a saga.
 */
export interface SagaStepOptions {
  /**
   * JSONata between `{%` and `%}` that is true if the step is needed, such as `{% $states.input.facts.total > 50000 %}`. Its input is the detail of the
   * event, with the outcomes of earlier steps in `steps`. A step that is not needed is skipped, and not compensated.
   *
   * @default - the step is always needed
   */
  readonly condition?: string;
}

/**
 * Options of steps that invoke a function.
 */
export interface FunctionSagaStepOptions extends SagaStepOptions {
  /**
   * The function that does the step. It receives the detail of the event with `steps`, the outcomes of earlier steps, and with
   * `step: { name, isCompensation, idempotencyKey }`. It is invoked more than once, with the same `idempotencyKey`, and must then do the step once.
   *
   * A function declines the step by returning `{ outcome: 'FAILED', code, message }`, after which it must have no effect. Every other response is the
   * `result` of the step. After an error, or after the time-out, the step may have taken effect: it is retried, and compensated if no attempt succeeds.
   */
  readonly function: IFunction;

  /**
   * The function that compensates the step. It receives what `function` received, with the outcomes of all steps and with `failure`. It must accept a step
   * that had no effect, must do nothing the second time, and must keep an attempt of `function` that arrives later from taking effect. An error is retried for about a day; then the execution fails.
   *
   * @default - the step needs no compensation
   */
  readonly compensation?: IFunction;

  /**
   * How the step is retried after an error.
   *
   * @default - three times, after up to 2, 4 and 8 seconds, whatever the error
   */
  readonly retry?: RetryProps;

  /**
   * The time-out of one attempt, 1 second to 15 minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly timeout?: Duration;
}

/**
 * Options of a step for each line item.
 */
export interface ItemsSagaStepOptions extends FunctionSagaStepOptions {
  /**
   * JSONata between `{%` and `%}` that returns the line items. `function` receives one of them as `step.item`, and its index as `step.index`.
   *
   * @default '{% $states.input.data.order.items %}'
   */
  readonly items?: string;

  /**
   * The maximum number of line items that are processed at the same time, 1 to 40.
   *
   * @default 5
   */
  readonly maxConcurrency?: number;
}

/**
 * Options of a step with states of your own.
 */
export interface StatesSagaStepOptions extends SagaStepOptions {
  /**
   * The states that do the step, such as a task of aws-cdk-lib. Their input is the detail of the event with the outcomes of earlier steps in `steps`,
   * and their output is the `result` of the step. An error that they do not catch fails the step, which is then compensated.
   */
  readonly states: IChainable;

  /**
   * The states that compensate the step. They retry errors themselves; an error that they do not catch fails the execution.
   *
   * @default - the step needs no compensation
   */
  readonly compensation?: IChainable;
}

/**
 * Options of a step that waits for an answer.
 */
export interface AnswerSagaStepOptions extends SagaStepOptions {
  /**
   * How long the step waits, 1 second to 365 days, and at most until the deadline of the saga. It then fails with the code `States.Timeout`, and is compensated, because
   * the other system may have acted without an answer. A later answer has no effect.
   */
  readonly timeout: Duration;

  /**
   * When the request is published again, counted from the start of the step: up to 10 times, each before `timeout`.
   *
   * @default - no reminders
   */
  readonly reminders?: Duration[];

  /**
   * The function that compensates the step, as in `FunctionSagaStepOptions`.
   *
   * @default - the step needs no compensation
   */
  readonly compensation?: IFunction;
}

/**
 * A step of an `OrderSaga`: what it does, and what compensates it when a later step fails.
 *
 * The name of a step has 1 to 40 of A-Z a-z 0-9 _ - and begins with one of A-Z a-z. It is in the events of the step.
 */
export class OrderSagaStep {
  /**
   * Invokes a function.
   *
   * @param name names the step.
   */
  public static function(name: string, options: FunctionSagaStepOptions): OrderSagaStep {
    return new OrderSagaStep(new SingleStep(name, options.condition, new FunctionAction(name, options)));
  }

  /**
   * Invokes a function for each line item. If it fails for one of them, the step is compensated for those for which it may have taken effect. An
   * execution has at most 25,000 history events, enough for about 2,000 line items.
   *
   * @param name names the step.
   */
  public static forEachItem(name: string, options: ItemsSagaStepOptions): OrderSagaStep {
    return new OrderSagaStep(new SingleStep(name, options.condition, new ItemsAction(name, options)));
  }

  /**
   * Waits for the answer of another system or of a person. The step publishes `OrderTaskRequested` with the name of the step as `task`; the answer is an event
   * `OrderTaskAnswered` with `data: { task, outcome: 'SUCCEEDED' | 'FAILED', code, message, result }`, or a request to `POST /orders/{orderId}/tasks/{task}` with the same
   * fields without `task`. `result` is the result of the step.
   *
   * An order has one task of a name: an execution that opens it again replaces it.
   *
   * @param name names the step and the task.
   */
  public static answer(name: string, options: AnswerSagaStepOptions): OrderSagaStep {
    return new OrderSagaStep(new SingleStep(name, options.condition, new AnswerAction(name, options)));
  }

  /**
   * Runs states of your own.
   *
   * @param name names the step.
   */
  public static states(name: string, options: StatesSagaStepOptions): OrderSagaStep {
    return new OrderSagaStep(new SingleStep(name, options.condition, new StatesAction(name, options)));
  }

  /**
   * Runs steps at the same time. If one of them fails, the others still end, and all that may have taken effect are compensated, at the same time, too.
   *
   * @param id    names the states.
   * @param steps at least two steps, none of them parallel steps.
   */
  public static parallel(id: string, ...steps: OrderSagaStep[]): OrderSagaStep {
    return new OrderSagaStep(new ParallelStep(id, steps.map(({ _part }) => _part)));
  }

  private constructor(
    /** @internal */
    public readonly _part: SagaPart,
  ) {}
}
