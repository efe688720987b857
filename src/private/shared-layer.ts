import { Stack } from 'aws-cdk-lib';
import { Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { assetPath } from './asset-path';

/** The handlers' runtime. Their bundles are plain JavaScript, so any architecture will do. */
export const HANDLER_RUNTIME = Runtime.NODEJS_24_X;

/** The Lambda layer with `handlers/shared`, one for each stack: all handlers of all pipelines in it share the asset. */
export class SharedLayer extends LayerVersion {
  public static of(scope: Construct): SharedLayer {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild('OrderPipelineLayer') as SharedLayer | undefined) ?? new SharedLayer(stack, 'OrderPipelineLayer');
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'What the handlers of cdk-order-pipeline share',
      code: Code.fromAsset(assetPath('layer')),
      compatibleRuntimes: [HANDLER_RUNTIME],
    });
  }
}
