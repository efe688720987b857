import { floorOf, naiveOf, usageOf, type EntryPoint } from './alternatives';
import { measureChannel } from './bill';
import type { Measurement } from './measure';
import { ORDER_BYTES } from './sample-order-of-size';
import { synthesizePipeline, type CostOptions } from './synthesize-pipeline';
import { times, type Usage } from './usage';

/** What a million orders use: of a pipeline, one by one and in full batches, and of what it is compared with. */
export interface ComparedUsage {
  readonly entryPoint: EntryPoint;
  readonly hasHistory: boolean;
  /** Undefined for files, whose orders always arrive at once. */
  readonly unbatched?: Usage;
  readonly batched: Usage;
  readonly naive: Usage;
  readonly floor: Usage;
  /** The measurement of the full batches. */
  readonly measurement: Measurement;
}

export const MILLION = 1e6;

/** Measures all entry points, with the history and without. */
export async function compareUsage(): Promise<ComparedUsage[]> {
  const compared: ComparedUsage[] = [];
  for (const hasHistory of [true, false]) {
    for (const entryPoint of ['REST', 'HTTP API', 'file'] as const) compared.push(await compare(entryPoint, { isHttp: entryPoint === 'HTTP API', hasHistory }));
  }
  return compared;
}

async function compare(entryPoint: EntryPoint, options: Required<CostOptions>): Promise<ComparedUsage> {
  const { hasHistory } = options;
  const pipeline = synthesizePipeline(options);
  const channel = entryPoint === 'file' ? 'file' : 'api';
  const measurement = complete(await measureChannel(pipeline, channel, { isBatched: true }));
  const unbatched = channel === 'file' ? undefined : complete(await measureChannel(pipeline, channel, { isBatched: false }));
  return {
    entryPoint,
    hasHistory,
    measurement,
    batched: times(measurement.usage, MILLION),
    ...(unbatched ? { unbatched: times(unbatched.usage, MILLION) } : {}),
    naive: times(usageOf(naiveOf(entryPoint, ORDER_BYTES, hasHistory)), MILLION),
    floor: times(usageOf(floorOf(entryPoint, ORDER_BYTES)), MILLION),
  };
}

/** In the minimal example, everything that an order causes is measured. */
function complete(measurement: Measurement): Measurement {
  if (measurement.notMeasured.length > 0) throw new Error(`Not measured: ${measurement.notMeasured.join(', ')}.`);
  return measurement;
}
