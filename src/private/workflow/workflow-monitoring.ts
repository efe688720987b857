import type { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { PartAlarm, PartGraph } from '../pipeline-part';

/** The executions of a workflow by their end. */
export const workflowGraph = (stateMachine: StateMachine): PartGraph => ({
  section: 'Functions',
  title: 'Executions of workflows',
  lines: [
    stateMachine.metricStarted({ statistic: Stats.SUM, label: 'started' }),
    stateMachine.metricSucceeded({ statistic: Stats.SUM, label: 'ended' }),
    stateMachine.metricFailed({ statistic: Stats.SUM, label: 'failed' }),
    stateMachine.metricTimedOut({ statistic: Stats.SUM, label: 'timed out' }),
    stateMachine.metricAborted({ statistic: Stats.SUM, label: 'aborted' }),
  ],
});

/** The alarm for executions that did not end by themselves. A workflow that failed and is compensated is none of them. */
export const failedWorkflowsAlarm = (name: string, stateMachine: StateMachine): PartAlarm => ({
  kind: 'failedWorkflows',
  id: `${name}FailedExecutions`,
  metric: (period) => failedExecutions(stateMachine, period),
  description: `Executions of the workflow ${name} (state machine ${stateMachine.stateMachineName}) failed, timed out or were aborted, so steps of their orders may have taken effect without `
    + 'compensation, and no command ended the orders. The state and the error are in the history of the execution. Fix the cause, then redrive the execution from that state: aws '
    + 'stepfunctions redrive-execution --execution-arn <ARN>, within 14 days.',
});

function failedExecutions(stateMachine: StateMachine, period: Duration): IMetric {
  const usingMetrics = {
    failed: stateMachine.metricFailed({ statistic: Stats.SUM }),
    timedOut: stateMachine.metricTimedOut({ statistic: Stats.SUM }),
    aborted: stateMachine.metricAborted({ statistic: Stats.SUM }),
  };
  const expression = Object.keys(usingMetrics).map((id) => `FILL(${id}, 0)`).join(' + ');
  return new MathExpression({ expression, usingMetrics, label: 'failed', period });
}
