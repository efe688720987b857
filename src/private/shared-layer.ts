import { createHash } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerImage, Stack } from 'aws-cdk-lib';
import { Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { assetPath } from './asset-path';
import { ORDER_MODEL_MODULE } from './contract';
import type { OrderModel } from '../order-model';

/** The runtime of the handlers. Their bundles are plain JavaScript, which runs on every architecture. */
export const HANDLER_RUNTIME = Runtime.NODEJS_24_X;

/** The Lambda layer with `handlers/shared` and an order model. All handlers of a stack with the same model share one. */
export class SharedLayer extends LayerVersion {
  public static of(scope: Construct, model?: OrderModel): SharedLayer {
    const stack = Stack.of(scope);
    const source = model?._compile();
    const id = `OrderPipelineLayer${source === undefined ? '' : hashOf(source)}`;
    return (stack.node.tryFindChild(id) as SharedLayer | undefined) ?? new SharedLayer(stack, id, source);
  }

  private constructor(scope: Construct, id: string, modelSource?: string) {
    super(scope, id, {
      description: 'Shared code of the handlers of cdk-order-pipeline',
      code: modelSource === undefined ? Code.fromAsset(assetPath('layer')) : layerWith(modelSource),
      compatibleRuntimes: [HANDLER_RUNTIME],
    });
  }
}

const hashOf = (source: string): string => createHash('sha256').update(source).digest('hex').slice(0, 8);

/** The layer with another model. It is made by copying files: no bundler runs. */
const layerWith = (modelSource: string): Code => Code.fromAsset(assetPath('layer'), {
  bundling: {
    // CDK requires an image, which is used only if `tryBundle` returns false.
    image: DockerImage.fromRegistry('not-used'),
    local: {
      tryBundle: (folder) => {
        cpSync(assetPath('layer'), folder, { recursive: true });
        writeFileSync(join(folder, 'nodejs', 'node_modules', ORDER_MODEL_MODULE, 'index.js'), modelSource);
        return true;
      },
    },
  },
});
