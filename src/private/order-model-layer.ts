import { createHash } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { Code, LayerVersion, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { assetPath } from './asset-path';
import { ORDER_MODEL_MODULE } from './contract';
import type { OrderModel } from '../order-model';

/**
 * The runtime of the handlers. Their bundles are plain JavaScript, which runs on every architecture. The oldest aws-cdk-lib that is supported has no
 * `Runtime.NODEJS_24_X`.
 */
export const HANDLER_RUNTIME = new Runtime('nodejs24.x', RuntimeFamily.NODEJS, { supportsInlineCode: true });

/** The Lambda layer with an order model. All handlers of a stack with the same model share one. */
export class OrderModelLayer extends LayerVersion {
  public static of(scope: Construct, model?: OrderModel): OrderModelLayer {
    const stack = Stack.of(scope);
    const source = model?._compile();
    const layers = stack.node.children.filter((child) => child instanceof OrderModelLayer);
    return layers.find((layer) => layer.modelSource === source) ?? new OrderModelLayer(stack, `OrderModelLayer${layers.length || ''}`, source);
  }

  private constructor(scope: Construct, id: string, private readonly modelSource?: string) {
    super(scope, id, {
      description: 'The order model of cdk-order-pipeline: its description and what validates orders',
      code: modelSource === undefined ? Code.fromAsset(assetPath('layer')) : layerWith(scope, modelSource),
      compatibleRuntimes: [HANDLER_RUNTIME],
    });
  }
}

/** The layer with another model: files are copied beside the cloud assembly, so that no bundler and no Docker run. */
function layerWith(scope: Construct, modelSource: string): Code {
  const hash = createHash('sha256').update(modelSource).digest('hex').slice(0, 16);
  const folder = join(Stage.of(scope)!.assetOutdir, `order-model-layer.${hash}`);
  cpSync(assetPath('layer'), folder, { recursive: true });
  writeFileSync(join(folder, 'nodejs', 'node_modules', ORDER_MODEL_MODULE, 'index.js'), modelSource);
  return Code.fromAsset(folder);
}
