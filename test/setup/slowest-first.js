// Starts the slowest test files first, so that no core waits for one of them at the end. Jest does not know how long a file takes on a clean checkout.
// It is JavaScript because Jest does not compile a sequencer.
const { default: Sequencer } = require('@jest/test-sequencer');

/** Parts of the paths of files that take more than half a minute, the slowest first. */
const SLOWEST = [
  'e2e/order-models', 'e2e/redrive', 'e2e/killed-extraction', 'e2e/console-page.test', 'e2e/workflow', 'e2e/realtime-orders', 'e2e/live-updates',
  'e2e/full-example', 'e2e/try', 'e2e/order-lifecycle', 'e2e/console.test', 'e2e/authentication',
  'translate-snippets', 'cdk-floor', 'template-proof', 'capacity/table', 'order-file-crashes', 'cost-figures', 'pipeline-monitoring', 'validate-edges-on-synth',
  'many-stacks', 'simulation.test', 'lifecycle/promise', 'capacity/model',
];

const rankOf = ({ path }) => {
  const rank = SLOWEST.findIndex((part) => path.replaceAll('\\', '/').includes(part));
  return rank === -1 ? SLOWEST.length : rank;
};

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).map((test) => ({ test, rank: rankOf(test) })).sort((one, other) => one.rank - other.rank).map(({ test }) => test);
  }
};
