import type { Stack } from 'aws-cdk-lib';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { OrderConfirmation, type OrderPipelineProps } from 'cdk-order-pipeline';

/** Props that add every optional part to a pipeline, and nothing else. */
export const allParts = (stack: Stack) => ({
  confirmation: OrderConfirmation.function(Function.fromFunctionName(stack, 'Payments', 'payments')),
  stream: {},
  webhooks: {},
  liveUpdates: {},
}) satisfies OrderPipelineProps;
