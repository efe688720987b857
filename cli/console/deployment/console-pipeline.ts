import type { StackLocation } from './loaded-stack';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';
import type { ModelMetadata } from '../../../src/private/contract';
import type { PipelineDescription, PipelineResource } from '../console-api';

/** The tables of a pipeline, by their names. */
export interface PipelineTables {
  readonly orders?: string;
  readonly history?: string;
  readonly files?: string;
}

/** A deployed pipeline, as its stack describes it. */
export interface ConsolePipeline extends StackLocation {
  /** The name of the pipeline in its stack. */
  readonly pipeline: string;
  /** The ID of the pipeline in the metadata of its events. */
  readonly id: string;
  readonly isLocal: boolean;
  readonly resources: readonly PipelineResource[];
  readonly edges: PipelineDescription['edges'];
  readonly tables: PipelineTables;
  /** The bucket of files. */
  readonly bucket?: string;
  readonly routes: readonly RedriveRoute[];
  /** The name of the function `redrive-dead-letters`. */
  readonly redriveFunction?: string;
  readonly processFunction?: string;
  readonly ordersQueueUrl?: string;
  /** The bus, and the source of the events of the pipeline. */
  readonly bus?: string;
  readonly eventSource?: string;
  /** How long the history has events, in seconds. Undefined if they do not expire, or there is no history. */
  readonly historyRetention?: number;
  readonly listsBy: PipelineDescription['listsBy'];
  readonly hasTenants: boolean;
  /** What the template has of the order model; undefined for the standard model. */
  readonly model?: ModelMetadata;
}
