import { STANDARD_ORDER_SCHEMA } from '../../../src/private/order-model/standard-order-schema';
import type { PipelineDescription } from '../console-api';
import type { ConsolePipeline } from '../deployment/console-pipeline';

/** How the console was started. */
export interface ConsoleSettings {
  readonly allowsChanges: boolean;
  readonly showsContents: boolean;
}

const [{ orderId: _, ...STANDARD_EXAMPLE }] = STANDARD_ORDER_SCHEMA.examples as [Record<string, unknown>];

/** Describes what does not change while the console runs. */
export function describePipeline(pipeline: ConsolePipeline, { allowsChanges, showsContents }: ConsoleSettings): PipelineDescription {
  const { name: stack, pipeline: name, region, isLocal, hasTenants, tables, listsBy, resources, edges, model } = pipeline;
  return {
    stack,
    pipeline: name,
    region,
    isLocal,
    allowsChanges,
    showsContents,
    hasTenants,
    hasHistory: tables.history !== undefined,
    hasFiles: tables.files !== undefined && pipeline.bucket !== undefined,
    listsBy,
    resources,
    edges,
    orderModel: model ? { schema: model.schema ?? {}, example: model.example ?? {} } : { schema: STANDARD_ORDER_SCHEMA, example: STANDARD_EXAMPLE },
    missingPermissions: [],
  };
}
