import type { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Choice, Condition, Map as MapState, Pass, ProvideItems, type RetryProps, type State } from 'aws-cdk-lib/aws-stepfunctions';
import { expressionIn, isJsonata, jsonata, mayHaveTakenEffect, outcomeOf, outcomeOfError, outcomeOfResponse, withOutcome } from './expressions';
import { afterCompensation, stepInput } from './function-action';
import { invokeState } from './invoke-state';
import { ACTION_RETRY, LASTING_RETRY } from './retry';
import type { SagaContext } from './saga-part';
import type { StepAction } from './step-action';
import { durationBetween, integerBetween } from '../validate';
import { LONGEST_STEP, SHORTEST_STEP } from './step-limits';

export interface ItemsActionOptions {
  readonly function: IFunction;
  readonly compensation?: IFunction;
  readonly items?: string;
  readonly maxConcurrency?: number;
  readonly retry?: RetryProps;
  readonly timeout?: Duration;
}

const LINE_ITEMS = '{% $states.input.data.order.items %}';

/** The default number of line items that are processed at the same time. */
const MAX_CONCURRENCY = 5;

/** What the states of one item receive, and pass on to its function. */
const ITEM_OF_STEP = ', "item": $states.input.item, "index": $states.input.index';
const itemInput = (name: string, isCompensation: boolean): string =>
  stepInput(name, isCompensation, { input: '$states.input.input', suffix: '":" & $string($states.input.index)', more: ITEM_OF_STEP });

/** Invokes a function for each line item, and another one to compensate those that may have taken effect. */
export class ItemsAction implements StepAction {
  public readonly hasCompensation: boolean;
  public readonly mayHaveTakenEffect: string;

  constructor(private readonly name: string, private readonly options: ItemsActionOptions) {
    this.hasCompensation = options.compensation !== undefined;
    this.mayHaveTakenEffect = `$exists(${outcomeOf(name)}.items)`;
  }

  public validate(): readonly (string | undefined)[] {
    const { items, maxConcurrency, timeout } = this.options;
    return [
      items === undefined || isJsonata(items) ? undefined : `\`items\` of the step ${this.name} must be JSONata between {% and %}, got ${items}`,
      integerBetween('maxConcurrency', maxConcurrency, 1, 40),
      durationBetween('timeout', timeout, SHORTEST_STEP, LONGEST_STEP),
    ];
  }

  public createAction({ scope }: SagaContext, next: State): State {
    const { name, options } = this;
    const end = Pass.jsonata(scope, `End of an item of ${name}`);
    const item = invokeState(scope, `Item of ${name}`, {
      function: options.function,
      timeout: options.timeout,
      payload: jsonata(itemInput(name, false)),
      output: jsonata(outcomeOfResponse('$states.result.Payload')),
      catchOutput: jsonata(outcomeOfError('$states.errorOutput.Error')),
      retry: options.retry ?? ACTION_RETRY,
    });
    item.addCatch(end).next(end);
    const map = this.map(scope, name, {
      itemSelector: { item: jsonata('$states.context.Map.Item.Value') },
      outputs: jsonata(withOutcome(name, outcomeOfItems)),
    }).itemProcessor(item);
    map.next(next);
    return map;
  }

  public createCompensation({ scope }: SagaContext, next: State): State {
    const { name, options } = this;
    const end = Pass.jsonata(scope, `End of a compensated item of ${name}`);
    const item = invokeState(scope, `Compensate item of ${name}`, {
      function: options.compensation!,
      timeout: options.timeout,
      payload: jsonata(itemInput(name, true)),
      output: jsonata(afterCompensation('{}')),
      retry: LASTING_RETRY,
    });
    item.next(end);
    const isNeeded = Condition.jsonata(jsonata(mayHaveTakenEffect(`${outcomeOf(name).replace('$states.input', '$states.input.input')}.items[$states.input.index]`)));
    const choice = Choice.jsonata(scope, `Compensate item of ${name}?`).when(isNeeded, item).otherwise(end);
    const map = this.map(scope, `Compensate ${name}`, {
      itemSelector: { item: jsonata('$states.context.Map.Item.Value') }, outputs: jsonata('$states.input'),
    }).itemProcessor(choice);
    map.next(next);
    return map;
  }

  private map(scope: SagaContext['scope'], id: string, { itemSelector, outputs }: { readonly itemSelector: object; readonly outputs: string }): MapState {
    const { items = LINE_ITEMS, maxConcurrency = MAX_CONCURRENCY } = this.options;
    return MapState.jsonata(scope, id, {
      items: ProvideItems.jsonata(jsonata(`[${expressionIn(items)}]`)),
      itemSelector: { ...itemSelector, index: jsonata('$states.context.Map.Item.Index'), input: jsonata('$states.input') },
      maxConcurrency,
      outputs,
    });
  }
}

/** The outcome of a step by those of its items. */
const outcomeOfItems = '($items := [$states.result]; $failed := $items[status != "SUCCEEDED"][0]; '
  + '$exists($failed) ? {"status": "FAILED", "code": $failed.code, "message": $failed.message, "items": $items} : {"status": "SUCCEEDED", "items": $items})';
