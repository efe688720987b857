import type { Area } from './area';
import { floorOf, naiveOf, type Alternative } from './cost/alternatives';
import { compareUsage, MILLION, type ComparedUsage } from './cost/cost-table';
import { DURATION_MODEL } from './cost/lambda-usage';
import { usdOf } from './cost/prices';
import { ORDER_BYTES } from './cost/sample-order-of-size';
import { gigabytes } from './cost/sizes';
import { costByService, costOf, times } from './cost/usage';
import { fixed, type Table } from './table';
import { atMost, type Target } from './target';

/** USD per million orders with the history: not batched and batched by 10. */
const LIMITS = { 'REST': [16, 12.5], 'HTTP API': [13.5, 10], 'file': [undefined, 7.5] } as const;

/** Computes what orders cost, from measured requests and bytes. */
export const cost: Area = {
  name: 'cost',
  title: 'Cost',
  measure: async () => {
    const compared = await compareUsage();
    return {
      method: [
        `USD per million orders of ${ORDER_BYTES} bytes, us-east-1, list prices without free tier; the minimal example, whose handlers run in the simulation without faults.`,
        'Not batched: each order arrives after the one before it is processed. Batched: 1000 orders arrive at once, so that queues deliver 10 at a time; those of files always do.',
        `Duration of functions: ${DURATION_MODEL}`,
      ].join(' '),
      tables: [totals(compared), byService(compared), storage(compared), steps('The naive design, REST with the history', naiveOf('REST', ORDER_BYTES, true)), steps('The floor, REST', floorOf('REST', ORDER_BYTES))],
      targets: compared.filter(({ hasHistory }) => hasHistory).flatMap(targetsOf),
    };
  },
};

const usd = (amount: number | undefined): string => fixed(amount, 2);

const totals = (compared: readonly ComparedUsage[]): Table => ({
  title: 'Per million orders, without storage',
  header: ['orders over', 'not batched', 'batched', 'naive design', 'floor'],
  rows: compared.map(({ entryPoint, hasHistory, unbatched, batched, naive, floor }) => [
    `${entryPoint}, ${hasHistory ? 'with the history' : 'without'}`, usd(unbatched && costOf(unbatched)), usd(costOf(batched)), usd(costOf(naive)), usd(costOf(floor)),
  ]),
});

/** With the history. */
function byService(compared: readonly ComparedUsage[]): Table {
  const columns = compared.filter(({ hasHistory }) => hasHistory).flatMap(({ entryPoint, unbatched, batched, naive, floor }) => [
    ...(unbatched ? [{ name: entryPoint, costs: costByService(unbatched) }] : []),
    { name: `${entryPoint}, batched`, costs: costByService(batched) },
    ...(entryPoint === 'REST' ? [{ name: 'naive, REST', costs: costByService(naive) }, { name: 'floor, REST', costs: costByService(floor) }] : []),
  ]);
  const services = [...new Set(columns.flatMap(({ costs }) => [...costs.keys()]))];
  return {
    title: 'By service, with the history',
    header: ['service', ...columns.map(({ name }) => name)],
    rows: services.map((service) => [service, ...columns.map(({ costs }) => usd(costs.get(service)))]),
  };
}

/** Of orders over REST. */
const storage = ([{ measurement }]: readonly ComparedUsage[]): Table => ({
  title: 'Storage of a million orders over REST, with the history',
  header: ['what', 'bytes per order', 'days', 'USD a month'],
  rows: measurement.stored.map(({ name, bytes, months, prices }) => [
    name, fixed(bytes), months === Infinity ? 'unlimited' : fixed((months * 365) / 12), usd(prices.reduce((sum, price) => sum + usdOf(price, gigabytes(bytes * MILLION)), 0)),
  ]),
});

const steps = (title: string, alternative: Alternative): Table => ({
  title,
  header: ['step', 'USD per million orders'],
  rows: alternative.steps.map(({ what, usage }) => [what, usd(costOf(times(usage, MILLION)))]),
});

const targetsOf = ({ entryPoint, unbatched, batched }: ComparedUsage): Target[] => {
  const [single, full] = LIMITS[entryPoint];
  return [
    ...(unbatched && single !== undefined ? [atMost(`USD per million orders over ${entryPoint} with the history, not batched`, costOf(unbatched), single)] : []),
    atMost(`USD per million orders over ${entryPoint} with the history, batched`, costOf(batched), full),
  ];
};
