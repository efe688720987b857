import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OrderPipelineMonitoring, type DeadLetterQueueOptions, type OrderPipeline, type OrderPipelineMonitoringOptions } from 'cdk-order-pipeline';

export interface MonitoringStackProps extends OrderPipelineMonitoringOptions {
  /** The pipeline, with all its workflows. */
  readonly orders: OrderPipeline;
  /** Dead-letter queues of the app. */
  readonly deadLetterQueues: readonly DeadLetterQueueOptions[];
}

/** The alarms and the dashboard of a pipeline, as a nested stack, because CloudFormation accepts 500 resources in a stack. */
export class MonitoringStack extends NestedStack {
  constructor(scope: Construct, id: string, { orders, deadLetterQueues, ...options }: MonitoringStackProps) {
    super(scope, id);
    const monitoring = new OrderPipelineMonitoring(this, 'Orders', { ...options, parts: orders.parts });
    // Those of subscriptions are monitored with the bus.
    const ofApp = deadLetterQueues.filter(({ deadLetterQueue }) => !deadLetterQueue.node.scopes.includes(orders.events));
    for (const each of ofApp) monitoring.addDeadLetterQueue(each);
  }
}
