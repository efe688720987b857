import type { Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { OrderAuthentication, OrderConfirmation, OrderSource, type OrderPipelineProps } from 'cdk-order-pipeline';

/** Props that add every optional part to a pipeline, and nothing else. */
export const allParts = (stack: Stack) => ({
  confirmation: OrderConfirmation.function(Function.fromFunctionName(stack, 'Payments', 'payments')),
  stream: {},
  webhooks: {},
  liveUpdates: {},
  sources: [OrderSource.queue(Queue.fromQueueArn(stack, 'Source', stack.formatArn({ service: 'sqs', resource: 'shop-orders' })))],
  graphqlApi: { authentication: OrderAuthentication.cognito({ userPools: [UserPool.fromUserPoolId(stack, 'GraphqlUsers', 'eu-central-1_graphql')] }) },
}) satisfies OrderPipelineProps;
