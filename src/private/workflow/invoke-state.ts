import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { WorkflowState } from './workflow-state';

/** The time-out of one attempt by default. A request to a function can be lost, and a step without a time-out then never ends. */
export const DEFAULT_STEP_TIMEOUT = Duration.minutes(1);

export interface InvokeStateProps {
  readonly function: IFunction;
  /** What the function receives. */
  readonly payload: string | object;
  readonly output: string;
  readonly retry: RetryProps;
  readonly timeout?: Duration;
  /** The output after an error that retries did not resolve. Without it, the error fails the execution. */
  readonly catchOutput?: string;
}

/** Creates a state that invokes a function. */
export function invokeState(scope: Construct, id: string, props: InvokeStateProps): WorkflowState {
  const { function: { functionArn }, payload, output, retry, timeout = DEFAULT_STEP_TIMEOUT, catchOutput } = props;
  const state = new WorkflowState(scope, id, {
    Type: 'Task',
    Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
    Arguments: { FunctionName: functionArn, Payload: payload },
    Output: output,
    TimeoutSeconds: timeout.toSeconds(),
  }, { catchOutput, statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] })] });
  state.addRetry(retry);
  return state;
}
