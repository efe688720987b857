/** Compares the duration of the template proof with the duration of a synthesis. */
import { App, Stack } from 'aws-cdk-lib';
import { OrderPipeline } from '../../src';
import { collectResources } from '../../src/private/async-edges/collect-resources';
import { validateEdges } from '../../src/private/async-edges/validate-edges';

const ROUNDS = 15;
/** The maximum acceptable share of the synthesis. */
const MAX_SHARE = 0.3;

export async function benchProof(): Promise<void> {
  measure();
  const shares = Array.from({ length: ROUNDS }, measure).sort((one, other) => one - other);
  const median = shares[Math.floor(ROUNDS / 2)];
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  process.stdout.write(`the proof takes ${percent(median)} of the time of a synthesis (median of ${ROUNDS}; ${percent(shares[0])} to ${percent(shares.at(-1)!)}); `
    + `at most ${percent(MAX_SHARE)}: ${median <= MAX_SHARE ? 'yes' : 'NO'}\n`);
}

/** Returns the duration of a proof as a share of the duration of a synthesis. */
function measure(): number {
  const app = new App();
  const started = performance.now();
  const pipeline = new OrderPipeline(new Stack(app, 'Test'), 'Orders');
  app.synth();
  const synthesized = performance.now();
  validateEdges(collectResources(pipeline).resources);
  return (performance.now() - synthesized) / (synthesized - started);
}
