import { parseArgs } from 'node:util';
import type { Area } from './area';
import { writeCharts } from './capacity/charts';
import { defaultsTables } from './capacity/defaults';
import { limitsTable, ratesTable, scenariosTable, type NamedRun, type RateRun } from './capacity/tables';
import { atMost, type Target } from './target';
import { profileOf, settingsOf } from '../capacity/deployed-pipeline';
import { LIMITS_READ_ON } from '../capacity/published-limits';
import { runBurst, runFile, runSteady, type Deployed } from '../capacity/scenarios';

const RATES = [10, 30, 100, 300, 600, 1000, 2000, 3000, 5000, 10_000];
const FILE_ORDERS = 1_000_000;

/** The rate that the pipeline sustains with new tables and default quotas, its history included. */
const SUSTAINED = { 'us-east-1': 600, 'eu-north-1': 300 } as const;

/** An API that accepts every rate, so that what comes after it is limited. */
const OPEN_API = { throttle: { rateLimit: 10_000, burstLimit: 10_000 } };
const WARM = { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 20_000 };

/**
 * `npm run bench -- capacity [--charts] [--defaults]` predicts how long orders take, by their rate. `--charts` draws the charts of docs/scale.md; `--defaults` also
 * compares values of props and of mappings, as docs/decisions/capacity.md has them.
 */
export const capacity: Area = {
  name: 'capacity',
  title: 'Capacity',
  measure: async (args) => {
    const { values } = parseArgs({ args: [...args], options: { charts: { type: 'boolean' }, defaults: { type: 'boolean' } } });
    const profile = await profileOf();
    const [defaults, open, warm] = [{}, OPEN_API, { ...OPEN_API, warmThroughput: WARM }].map((props) => settingsOf(props));
    const rates = [
      ...ratesOf('us-east-1', { settings: open, profile, region: 'us-east-1' }),
      ...ratesOf('eu-north-1', { settings: open, profile, region: 'eu-north-1' }),
      ...ratesOf('us-east-1, warmThroughput 20,000', { settings: warm, profile, region: 'us-east-1' }),
    ];
    const regions = Object.keys(SUSTAINED) as (keyof typeof SUSTAINED)[];
    const bursts = regions.map((region): NamedRun => {
      const rate = SUSTAINED[region];
      return { name: `${rate} orders/s, ${10 * rate} for a minute`, region, ...runBurst({ settings: open, profile, region }, rate) };
    });
    const files = regions.map((region) => ({ name: 'a file of 1,000,000 orders', region, ...runFile({ settings: defaults, profile, region }, FILE_ORDERS) }));
    if (values.charts) writeCharts(rates, files);
    return {
      method: `A model of the deployed template with the limits that AWS published on ${LIMITS_READ_ON}, on a virtual clock: see [Scale](scale.md). `
        + `New tables, orders of ${profile.orderBytes} bytes.`,
      tables: [
        limitsTable(defaults, profile),
        ratesTable(rates),
        scenariosTable([...bursts, ...files]),
        ...(values.defaults ? defaultsTables(open, profile) : []),
      ],
      targets: [
        ...targetsAt(rates),
        ...[...bursts, ...files].map(({ name, region, deadLetters }) => atMost(`dead-lettered of ${name}, ${region}`, deadLetters, 0)),
      ],
    };
  },
};

const ratesOf = (name: string, deployed: Deployed): RateRun[] => RATES.map((rate) => ({ name, rate, ...runSteady(deployed, rate) }));

/** Orders are confirmed in time at the sustained rate, and none is dead-lettered at any. */
function targetsAt(rates: readonly RateRun[]): Target[] {
  const sustained = rates.filter(({ name, rate }) => SUSTAINED[name as keyof typeof SUSTAINED] === rate);
  return [
    ...sustained.flatMap(({ name, rate, confirmed }) => [
      atMost(`seconds until an order is confirmed, p50 at ${rate} orders/s, ${name}`, confirmed.p50, 2),
      atMost(`seconds until an order is confirmed, p99 at ${rate} orders/s, ${name}`, confirmed.p99, 10),
    ]),
    atMost('dead-lettered at all rates', rates.reduce((sum, { deadLetters }) => sum + deadLetters, 0), 0),
  ];
}
