import { JsonPath, Parallel, Pass, type IChainable, type State } from 'aws-cdk-lib/aws-stepfunctions';
import { inputWithout, jsonata, mayHaveTakenEffect, outcomeOf, outcomeOfError, outcomeOfResponse, withOutcome } from './expressions';
import type { SagaContext } from './saga-part';
import type { StepAction } from './step-action';

export interface StatesActionOptions {
  readonly states: IChainable;
  readonly compensation?: IChainable;
}

/** Runs states of the app, and others to compensate them. */
export class StatesAction implements StepAction {
  public readonly hasCompensation: boolean;
  public readonly mayHaveTakenEffect: string;

  constructor(private readonly name: string, private readonly options: StatesActionOptions) {
    this.hasCompensation = options.compensation !== undefined;
    this.mayHaveTakenEffect = mayHaveTakenEffect(outcomeOf(name));
  }

  public validate(): readonly (string | undefined)[] {
    return [];
  }

  public createAction({ scope }: SagaContext, next: State): State {
    const { name } = this;
    const outcome = `$exists($states.input.error) ? ${outcomeOfError('$states.input.error.Error')} : ${outcomeOfResponse('$states.input.returned[0]')}`;
    const record = Pass.jsonata(scope, `Outcome of ${name}`, { outputs: jsonata(withOutcome(name, outcome, inputWithout('returned', 'error'))) });
    record.next(next);
    const states = Parallel.jsonPath(scope, name, { resultPath: '$.returned' }).branch(this.options.states);
    states.addCatch(record, { errors: ['States.ALL'], resultPath: '$.error' }).next(record);
    return states;
  }

  public createCompensation({ scope }: SagaContext, next: State): State {
    const states = Parallel.jsonPath(scope, `Compensate ${this.name}`, { resultPath: JsonPath.DISCARD }).branch(this.options.compensation!);
    states.next(next);
    return states;
  }
}
