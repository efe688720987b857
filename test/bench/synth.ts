import { App, Stack } from 'aws-cdk-lib';
import type { Area } from './area';
import { median } from './statistics';
import { atMost } from './target';
import { OrderPipeline } from '../../src';
import { collectResources } from '../../src/private/async-edges/collect-resources';
import { validateEdges } from '../../src/private/async-edges/validate-edges';

const ROUNDS = 15;

/** Compares the duration of the template proof with the duration of a synthesis. */
export const synth: Area = {
  name: 'synth',
  title: 'Synthesis',
  measure: async () => {
    measure();
    const share = median(Array.from({ length: ROUNDS }, measure));
    return { method: `Medians of ${ROUNDS} rounds.`, tables: [], targets: [atMost('duration of the edge proof, share of the synthesis', share, 0.3)] };
  },
};

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
