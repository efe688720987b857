import { Duration } from 'aws-cdk-lib';
import { CustomerManagedEncryptionConfiguration, DefinitionBody, LogLevel, StateMachine, type IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { CommonOptions } from '../../options';
import type { OrderWorkflowOptions } from '../../order-workflow-options';
import { acknowledge } from '../acknowledge';
import { createLogGroup } from '../log-group';

/** Creates the state machine of a workflow, a standard one, with a log group. */
export function createStateMachine(scope: Construct, props: CommonOptions & OrderWorkflowOptions, definition: IChainable): StateMachine {
  const { encryptionKey, executionLogLevel = LogLevel.ALL, tracing = false } = props;
  const logs = executionLogLevel === LogLevel.OFF ? undefined : {
    destination: createLogGroup(scope, 'ExecutionLogs', props),
    level: executionLogLevel,
    // They have the contents of orders.
    includeExecutionData: false,
  };
  const stateMachine = new StateMachine(scope, 'StateMachine', {
    definitionBody: DefinitionBody.fromChainable(definition),
    timeout: props.executionTimeout ?? Duration.days(365),
    tracingEnabled: tracing,
    logs,
    ...(encryptionKey ? { encryptionConfiguration: new CustomerManagedEncryptionConfiguration(encryptionKey) } : {}),
  });
  acknowledgeRules(stateMachine, { tracing, executionLogLevel });
  return stateMachine;
}

function acknowledgeRules(
  stateMachine: StateMachine, { tracing, executionLogLevel }: { readonly tracing: boolean; readonly executionLogLevel: LogLevel },
): void {
  const traced = { reason: 'Correlation ids in all logs and events trace an order; `tracing` switches X-Ray on.' };
  acknowledge(stateMachine, [
    ...(tracing ? [] : [{ id: 'AwsSolutions-SF2', ...traced }, { id: 'Serverless-StepFunctionStateMachineXray', ...traced }]),
    ...(executionLogLevel === LogLevel.ALL ? [] : [{ id: 'AwsSolutions-SF1', reason: 'The app logs fewer events of executions.' }]),
  ]);
  const policy = stateMachine.role.node.tryFindChild('DefaultPolicy');
  if (!policy) return;
  const reason = 'Log delivery and X-Ray support no permissions on single resources.';
  acknowledge(policy, [{ id: 'AwsSolutions-IAM5', reason, appliesTo: ['Resource::*'] }]);
}
