import { Aws, type Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Errors, type State } from 'aws-cdk-lib/aws-stepfunctions';
import { jsonata, literal, mayHaveTakenEffect, outcomeOf, outcomeOfError, outcomeOfResponse, withOutcome } from './expressions';
import { afterCompensation, stepInput } from './function-action';
import { invokeState } from './invoke-state';
import { ACTION_RETRY, LASTING_RETRY } from './retry';
import type { SagaContext } from './saga-part';
import { secondsLeft } from './seconds-left';
import type { StepAction } from './step-action';
import { LONGEST_WORKFLOW, SHORTEST_STEP } from './step-limits';
import { OPEN_TASK_FUNCTION } from './uses-tasks';
import { WorkflowState } from './workflow-state';
import { durationAbove, durationBetween, durationKnown } from '../validate';

export interface AnswerActionOptions {
  readonly timeout: Duration;
  readonly reminders?: readonly Duration[];
  readonly compensation?: IFunction;
}

/** Opens a task and waits for the answer to it. */
export class AnswerAction implements StepAction {
  public readonly hasCompensation: boolean;
  public readonly mayHaveTakenEffect: string;

  constructor(private readonly name: string, private readonly options: AnswerActionOptions) {
    this.hasCompensation = options.compensation !== undefined;
    this.mayHaveTakenEffect = mayHaveTakenEffect(outcomeOf(name));
  }

  public validate(): readonly (string | undefined)[] {
    const { timeout, reminders = [] } = this.options;
    return [
      durationKnown('timeout', timeout, 'the reminders are compared with it'),
      durationBetween('timeout', timeout, SHORTEST_STEP, LONGEST_WORKFLOW),
      reminders.length > MAX_REMINDERS ? `\`reminders\` of the step ${this.name} must be at most ${MAX_REMINDERS}, got ${reminders.length}` : undefined,
      ...reminders.flatMap((reminder) => [
        durationKnown('reminders', reminder, 'the time-out is compared with them'),
        durationBetween('reminders', reminder, SHORTEST_STEP, LONGEST_WORKFLOW),
        durationAbove('timeout', timeout, 'each of `reminders`', reminder),
      ]),
    ];
  }

  public createAction({ scope, deadline }: SagaContext, next: State): State {
    const { name, options: { timeout, reminders = [] } } = this;
    const seconds = deadline === undefined ? String(timeout.toSeconds()) : `$max([1, $min([${timeout.toSeconds()}, ${secondsLeft(deadline)}])])`;
    const payload = `{"taskToken": $states.context.Task.Token, "task": ${literal(name)}, "workflow": $workflow.name, "execution": $states.context.Execution.Name, `
      + `"timeout": ${seconds}, "reminders": [${reminders.map((each) => each.toSeconds()).join(', ')}], "metadata": $states.input.metadata, "facts": $states.input.facts}`;
    const state = new WorkflowState(scope, name, {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke.waitForTaskToken`,
      Arguments: { FunctionName: jsonata(OPEN_TASK_FUNCTION), Payload: jsonata(payload) },
      TimeoutSeconds: deadline === undefined ? timeout.toSeconds() : jsonata(seconds),
      Output: jsonata(withOutcome(name, outcomeOfResponse('$states.result', '$response.result'))),
    }, { catchOutput: jsonata(withOutcome(name, outcomeOfError('$states.errorOutput.Error'))) });
    // All errors but the time-out.
    state.addRetry({ ...ACTION_RETRY, errors: [Errors.TASKS_FAILED] });
    state.addCatch(next, { errors: [Errors.ALL] }).next(next);
    return state;
  }

  public createCompensation({ scope }: SagaContext, next: State): State {
    const state = invokeState(scope, `Compensate ${this.name}`, {
      function: this.options.compensation!,
      payload: jsonata(stepInput(this.name, true)),
      output: jsonata(afterCompensation('$states.input')),
      retry: LASTING_RETRY,
    });
    state.next(next);
    return state;
  }
}

const MAX_REMINDERS = 10;
