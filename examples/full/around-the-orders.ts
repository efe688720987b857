import { Duration } from 'aws-cdk-lib';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { OrderAuthentication, OrderSource, type DeadLetterQueueOptions, type OrderPipelineProps } from 'cdk-order-pipeline';

/** A queue of the app with its dead-letter queue. */
export interface PartnerQueue extends DeadLetterQueueOptions {
  readonly sourceQueue: IQueue;
}

/** Adds a queue to which a partner sends orders. Its dead-letter queue receives those whose invocations never complete. */
export function addPartnerQueue(scope: Construct): PartnerQueue {
  const deadLetterQueue = new Queue(scope, 'PartnerDeadLetterQueue', { enforceSSL: true, retentionPeriod: Duration.days(14) });
  const sourceQueue = new Queue(scope, 'PartnerQueue', {
    enforceSSL: true, visibilityTimeout: Duration.minutes(3), deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 1000 },
  });
  return { name: 'partner-queue', deadLetterQueue, sourceQueue };
}

/** What is around the orders: webhooks, live updates, a stream of the events, orders of a partner, and a GraphQL API. */
export const aroundTheOrders = (partnerQueue: IQueue, local: boolean): Partial<OrderPipelineProps> => ({
  // On a local AWS, the receivers of webhooks are programs of this machine.
  webhooks: local ? { allowHttp: true, allowedNetworks: ['127.0.0.0/8'] } : {},
  // A local AWS has no role of API Gateway for the account, ...
  liveUpdates: local ? { cloudWatchRole: false } : {},
  // ... no named queries of Athena, no custom resource that empties a bucket ...
  stream: local ? { queries: false, autoDeleteObjects: false } : {},
  sources: [OrderSource.queue(partnerQueue, { name: 'partner' })],
  // ... and no subscriptions of AppSync.
  graphqlApi: { authentication: OrderAuthentication.iam(), subscriptions: !local },
});
