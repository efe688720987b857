import { Choice, Condition, Pass, type State } from 'aws-cdk-lib/aws-stepfunctions';
import { isJsonata, expressionIn, jsonata, withOutcome } from './expressions';
import type { SagaContext, SagaPart, SagaStates } from './saga-part';
import { secondsLeft } from './seconds-left';
import type { StepAction } from './step-action';
import { publishCompensation, publishOutcome } from './step-events';
import { MAX_STEP_NAME } from '../contract';

const STEP_NAME = new RegExp(`^[A-Za-z][A-Za-z0-9_-]{0,${MAX_STEP_NAME - 1}}$`);

/** A step with one name: an action, whose outcome is published, and its compensation. */
export class SingleStep implements SagaPart {
  public readonly names: readonly string[];

  constructor(private readonly name: string, private readonly condition: string | undefined, private readonly step: StepAction) {
    this.names = [name];
  }

  public validate(): readonly (string | undefined)[] {
    const { name, condition } = this;
    return [
      STEP_NAME.test(name) ? undefined : `the name of a step must have 1 to ${MAX_STEP_NAME} of A-Z a-z 0-9 _ - and begin with one of A-Z a-z, got ${name}`,
      condition === undefined || isJsonata(condition) ? undefined
        : `\`condition\` of the step ${name} must be JSONata between {% and %}, such as {% $states.input.facts.total > 50000 %}, got ${condition}`,
      ...this.step.validate(),
    ];
  }

  public action(context: SagaContext): SagaStates {
    const publish = publishOutcome(context.scope, this.name);
    const first = this.step.createAction(context, publish);
    const { start, ends } = this.withCondition(context, first);
    return { start: this.withDeadline(context, start, publish), ends: [(next) => publish.next(next), ...ends] };
  }

  public compensation(context: SagaContext): SagaStates | undefined {
    if (!this.step.hasCompensation) return undefined;
    const publish = publishCompensation(context.scope, this.name);
    const start = this.step.createCompensation(context, publish);
    const choice = Choice.jsonata(context.scope, `Compensate ${this.name}?`).when(Condition.jsonata(jsonata(this.step.mayHaveTakenEffect)), start);
    return { start: choice, ends: [(next) => publish.next(next), (next) => choice.otherwise(next)] };
  }

  /** Skips the step if its condition is not met. */
  private withCondition({ scope }: SagaContext, first: State): SagaStates {
    if (this.condition === undefined) return { start: first, ends: [] };
    const skip = Pass.jsonata(scope, `Skip ${this.name}`, { outputs: jsonata(withOutcome(this.name, '{"status": "SKIPPED"}')) });
    // The comparison is false for an expression without a result, such as one of a missing fact, which would fail the execution.
    const start = Choice.jsonata(scope, `${this.name} needed?`).when(Condition.jsonata(jsonata(`(${expressionIn(this.condition)}) = true`)), first).otherwise(skip);
    return { start, ends: [(next) => skip.next(next)] };
  }

  /** Fails the step if it would start after the deadline. */
  private withDeadline({ scope, deadline }: SagaContext, first: State, publish: State): State {
    if (deadline === undefined) return first;
    const late = Pass.jsonata(scope, `${this.name} is late`, { outputs: jsonata(withOutcome(this.name, '{"status": "FAILED", "code": "DEADLINE_EXCEEDED"}')) });
    late.next(publish);
    return Choice.jsonata(scope, `${this.name} in time?`).when(Condition.jsonata(jsonata(`${secondsLeft(deadline)} <= 0`)), late).otherwise(first);
  }
}
