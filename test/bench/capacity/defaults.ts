import { numbers } from './tables';
import type { OrderProfile } from '../../capacity/handler-profile';
import { PipelineModel, type ModelOptions } from '../../capacity/pipeline-model';
import type { CapacitySettings } from '../../capacity/read-capacity';
import { summarize } from '../../capacity/summarize';
import { ApiClients, extractOrders } from '../../capacity/workloads';
import type { MappingSettings } from '../../simulation/deployment';
import type { Table } from '../table';

const FILE_ORDERS = 300_000;
const API = { rate: 10, seconds: 300 };

/** Settings with those of some mappings replaced. */
const withMappings = (
  settings: CapacitySettings, replaced: RegExp, by: (mapping: MappingSettings) => Partial<MappingSettings>,
): CapacitySettings => ({
  ...settings,
  deployment: {
    ...settings.deployment,
    mappings: Object.fromEntries(Object.entries(settings.deployment.mappings).map(([name, mapping]) =>
      [name, replaced.test(mapping.functionName) ? { ...mapping, ...by(mapping) } : mapping])),
  },
});

/** Orders over the API while a file is processed, on a new stack. */
function runBoth(options: Omit<ModelOptions, 'orders'>, { rate, seconds } = API, file = FILE_ORDERS) {
  const model = new PipelineModel({ ...options, orders: rate * seconds + file });
  const begun = model.world.clock.now;
  const clients = new ApiClients(model);
  clients.start({ rate, seconds });
  extractOrders(model, file, rate * seconds);
  model.run(seconds);
  const published = model.times.publishedAt.filter((time) => !Number.isNaN(time));
  return {
    ...summarize(model, { rate, seconds, to: rate * seconds }),
    refused: clients.refused,
    confirmedBy: (published.reduce((last, time) => Math.max(last, time)) - begun) / 1000,
    failures: model.mappings.reduce((sum, { failures }) => sum + failures, 0),
  };
}

/** The values that were compared for the defaults; `docs/decisions/capacity.md` explains the choice. */
export const defaultsTables = (settings: CapacitySettings, profile: OrderProfile): Table[] => [
  concurrencyTable(settings, profile), factorTable(settings, profile), outcomesTable(settings, profile), newAccountTable(settings, profile),
];

const concurrencyTable = (settings: CapacitySettings, profile: OrderProfile): Table => ({
  title: `maxConcurrency of all consumers: a file of ${numbers.count(FILE_ORDERS)} orders and ${API.rate} orders/s over the API, us-east-1`,
  header: ['maxConcurrency', 'all confirmed by', 'orders of the API, p50', 'p99', 'attempts that failed', 'dead-lettered'],
  rows: [5, 10, 20, 50, 200, 1000].map((maxConcurrency) => {
    const own = withMappings(settings, /-order/, ({ queue }) => (queue ? { maxConcurrency } : {}));
    const { confirmed, confirmedBy, failures, deadLetters } = runBoth({ settings: own, profile, region: 'us-east-1' });
    return [
      String(maxConcurrency), ...[confirmedBy, confirmed.p50, confirmed.p99].map(numbers.seconds), ...[failures, deadLetters].map(numbers.count),
    ];
  }),
});

const factorTable = (settings: CapacitySettings, profile: OrderProfile): Table => ({
  title: 'parallelizationFactor and batching window of publish-order-changes: a minute of orders over the API, us-east-1',
  header: ['factor, window', 'orders/s', 'confirmed p50', 'p99', 'invocations'],
  rows: [100, 300, 1800].flatMap((rate) => ([[1, 0], [2, 0], [5, 0], [10, 0], [1, 1000]] as const).map(([parallelizationFactor, batchingWindow]) => {
    const own = withMappings(settings, /publish-order-changes/, () => ({ parallelizationFactor, batchingWindow }));
    const model = new PipelineModel({ settings: own, profile, region: 'us-east-1', orders: rate * 60 });
    new ApiClients(model).start({ rate, seconds: 60 });
    model.run(60);
    const { confirmed } = summarize(model, { rate, seconds: 60, from: rate * 10 });
    return [
      `${parallelizationFactor}, ${batchingWindow / 1000} s`, numbers.count(rate), confirmed.p50.toFixed(2), confirmed.p99.toFixed(2),
      numbers.count(model.functionNamed('publish-order-changes').invocations),
    ];
  })),
});

const OUTCOME_SETTINGS = [
  [100, 0, 1], [100, 0, 2], [100, 0, 5], [100, 1000, 1], [500, 1000, 1], [500, 5000, 1], [1000, 5000, 1],
] as const;

const outcomesTable = (settings: CapacitySettings, profile: OrderProfile): Table => ({
  title: 'Batches of record-file-outcomes: a file of 100,000 orders',
  header: ['batch size, window, parallelizationFactor', 'region', 'writes', 'invocations'],
  rows: OUTCOME_SETTINGS.flatMap(([batchSize, batchingWindow, parallelizationFactor]) => (['us-east-1', 'eu-north-1'] as const).map((region) => {
    const own = withMappings(settings, /record-file-outcomes/, () => ({ batchSize, batchingWindow, parallelizationFactor }));
    const model = new PipelineModel({ settings: own, profile, region, orders: 100_000, isFile: true });
    extractOrders(model, 100_000);
    model.run();
    return [
      `${batchSize}, ${batchingWindow / 1000} s, ${parallelizationFactor}`, region, numbers.count(model.tables.get('FilesTable')!.partitions.usage.used),
      numbers.count(model.functionNamed('record-file-outcomes').invocations),
    ];
  })),
});

const newAccountTable = (settings: CapacitySettings, profile: OrderProfile): Table => ({
  title: 'An account with 10 concurrent executions: 20 orders/s over the API for a minute, us-east-1',
  header: ['orders of a file', 'refused by the API', 'confirmed p50', 'p99', 'dead-lettered'],
  rows: [0, 20_000].map((file) => {
    const options = { settings, profile, region: 'us-east-1', concurrency: 10 } as const;
    const { refused, confirmed, deadLetters } = runBoth(options, { rate: 20, seconds: 60 }, file);
    return [numbers.count(file), numbers.count(refused), numbers.seconds(confirmed.p50), numbers.seconds(confirmed.p99), numbers.count(deadLetters)];
  }),
});
