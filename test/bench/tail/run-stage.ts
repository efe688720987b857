import { readFileSync, writeFileSync } from 'node:fs';
import type { Invocation } from './run-invocations';
import { runScript } from '../consumers/run-script';
import type { Stage } from '../consumers/stages';

/** Where the scripts and their files are. */
export const FOLDER = '.local/bench/tail';

/** An order with what a stage gets for it. */
export type Input = readonly [orderId: string, record: object];

/** An invocation with the orders of its batch. */
export interface StageInvocation extends Invocation {
  readonly orderIds: readonly string[];
}

/** Invokes a stage, ours or the bare loop, with all inputs in batches, in some environments at the same time. */
export async function runStage(
  url: string, variant: 'bare' | 'ours', stage: Stage, inputs: readonly Input[],
  { batchSize, environments }: { readonly batchSize: number; readonly environments: number },
): Promise<StageInvocation[]> {
  const count = Math.ceil(inputs.length / batchSize);
  const batches = Array.from({ length: count }, (_, index) => inputs.slice(index * batchSize, (index + 1) * batchSize));
  const shares = Array.from({ length: environments }, (_, environment) => batches.filter((__, index) => index % environments === environment));
  const results = await Promise.all(shares.map(async (share, environment) => {
    const [file, result] = ['batches', 'invocations'].map((name) => `${FOLDER}/${name}-${environment}.json`);
    writeFileSync(file, JSON.stringify(share.map((batch) => batch.map(([, record]) => record))));
    await runScript(url, `${FOLDER}/run-invocations`, variant, stage, file, result);
    const invocations = JSON.parse(readFileSync(result, 'utf8')) as Invocation[];
    return invocations.map((invocation, index) => ({ ...invocation, orderIds: share[index].map(([orderId]) => orderId) }));
  }));
  return results.flat();
}
