import { Stack } from 'aws-cdk-lib';
import { Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { assetPath } from './asset-path';

/** The runtime of the handlers. Their bundles are plain JavaScript, which runs on every architecture. */
export const HANDLER_RUNTIME = Runtime.NODEJS_24_X;

/** The Lambda layer with `handlers/shared`. All handlers of a stack share one. */
export class SharedLayer extends LayerVersion {
  public static of(scope: Construct): SharedLayer {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild('OrderPipelineLayer') as SharedLayer | undefined) ?? new SharedLayer(stack, 'OrderPipelineLayer');
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Shared code of the handlers of cdk-order-pipeline',
      code: Code.fromAsset(assetPath('layer')),
      compatibleRuntimes: [HANDLER_RUNTIME],
    });
  }
}
