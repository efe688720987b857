/** The figures of the README and of docs/cost.md about costs, from the cost tool. */
import { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import { withGeneratedSection } from './generated-section';
import { mapAtMost } from '../handlers/shared/messaging/map-at-most';
import { OrderApi, OrderAuthentication, type OrderPipelineProps } from '../src';
import { billOf, measureChannel, type Bill } from '../test/bench/cost/bill';
import { restOf } from '../test/bench/cost/bill-tables';
import { compareUsage, MILLION, type ComparedUsage } from '../test/bench/cost/cost-table';
import { usdOf } from '../test/bench/cost/prices';
import { gigabytes } from '../test/bench/cost/sizes';
import type { Stored } from '../test/bench/cost/stored';
import { synthesizePipeline } from '../test/bench/cost/synthesize-pipeline';
import { costOf, times } from '../test/bench/cost/usage';
import { formatTable } from '../test/bench/table';

/** What the README and the guide state. */
export interface CostFigures {
  readonly compared: readonly ComparedUsage[];
  readonly bill: Bill;
  readonly props: readonly PropCosts[];
}

/** The costs of a pipeline with some props. */
interface PropCosts {
  readonly name: string;
  readonly unbatched: number;
  readonly batched: number;
  readonly atRest: number;
  readonly storage: number;
}

/** Props that change what a pipeline costs. */
const PROPS: Readonly<Record<string, OrderPipelineProps>> = {
  '`api: OrderApi.http()`': { api: OrderApi.http(), authentication: OrderAuthentication.iam() },
  '`history: false`': { history: false },
  '`archive: false`': { archive: false },
  '`logLevel: ApplicationLogLevel.WARN`': { logLevel: ApplicationLogLevel.WARN },
  '`accessLog: false`': { accessLog: false },
  '`monitoring: { alarms: false, dashboard: false }`': { monitoring: { alarms: false, dashboard: false } },
  '`fileIngest: false`': { fileIngest: false },
  '`orderPlacements: false`': { orderPlacements: false },
  '`orderChanges: false`, `orderCancellations: false`, `orderFulfillments: false`': { orderChanges: false, orderCancellations: false, orderFulfillments: false },
};

/** Measures what the documents state. */
export async function costFigures(): Promise<CostFigures> {
  const props = await mapAtMost(1, Object.entries({ default: {}, ...PROPS }), ([name, each]) => costsWith(name, each));
  const bill = await billOf(synthesizePipeline({}), { ordersPerMonth: MILLION, fileShare: 0.5, isBatched: true });
  return { compared: await compareUsage(), bill, props };
}

async function costsWith(name: string, props: OrderPipelineProps): Promise<PropCosts> {
  const pipeline = synthesizePipeline({}, props);
  const unbatched = await measureChannel(pipeline, 'api', { isBatched: false });
  const bill = await billOf(pipeline, { ordersPerMonth: MILLION, fileShare: 0, isBatched: true });
  const { stored } = bill.measurements[0];
  const [single, batched] = [costOf(times(unbatched.usage, MILLION)), costOf(bill.orders)];
  return { name, unbatched: single, batched, atRest: restOf(bill.atRest), storage: storageCosts(stored) };
}

/** What a million orders cost in a month in which all of them are stored. */
const storageCosts = (stored: readonly Stored[]): number =>
  stored.flatMap(({ bytes, prices }) => prices.map((price) => usdOf(price, gigabytes(bytes * MILLION)))).reduce((sum, usd) => sum + usd, 0);

const usd = (amount: number): string => amount.toFixed(2);

/** Updates the costs in README.md. */
export function withReadmeCosts(document: string, { compared, bill: { atRest }, props }: CostFigures): string {
  const without = (entryPoint: ComparedUsage['entryPoint']) => compared.find((each) => each.entryPoint === entryPoint && !each.hasHistory)!;
  const history = compared.find(({ entryPoint, hasHistory }) => entryPoint === 'REST' && hasHistory)!;
  const range = ({ unbatched, batched }: ComparedUsage) => (unbatched ? `${usd(costOf(unbatched))}, in bursts ${usd(costOf(batched))}` : usd(costOf(batched)));
  const rest = (pattern: RegExp) => usd(restOf(new Map([...atRest].filter(([name]) => pattern.test(name)))));
  const alarms = [...atRest.keys()].find((name) => name.endsWith(' alarms'))!;
  return withGeneratedSection(document, 'costs', formatTable({
    header: ['what', 'USD'],
    rows: [
      ['at rest: polling of queues, custom metrics of orders', `${rest(/polling|metrics/)} a month`],
      [`at rest: ${alarms} and a dashboard, can be disabled`, `${rest(/ alarms$|dashboard/)} a month`],
      ['a million orders of 1 KB over the REST API', `${range(without('REST'))}; ${usd(costOf(without('REST').batched) - costOf(without('HTTP API').batched))} less over an HTTP API`],
      ['a million orders of 1 KB in files', range(without('file'))],
      ['their history, two events per order, can be disabled', `${usd(costOf(history.unbatched!) - costOf(without('REST').unbatched!))}, in bursts ${usd(costOf(history.batched) - costOf(without('REST').batched))}`],
      ['storage of a million orders with their history', `${usd(props[0].storage)} a month`],
    ],
  }));
}

const COLUMNS = ['unbatched', 'batched', 'storage', 'atRest'] as const;

/** Updates the tables in docs/cost.md. */
export function withCostGuide(document: string, { compared, bill, props }: CostFigures): string {
  const [standard, ...others] = props;
  const comparison = formatTable({
    header: ['a million orders over', 'one by one', 'in bursts', 'a naive design', 'the floor'],
    rows: compared.map(({ entryPoint, hasHistory, unbatched, batched, naive, floor }) => [
      `${entryPoint}${hasHistory ? ' with history' : ''}`, unbatched ? usd(costOf(unbatched)) : '–', usd(costOf(batched)), usd(costOf(naive)), usd(costOf(floor)),
    ]),
  });
  const atRest = formatTable({ header: ['what', 'USD a month'], rows: [...[...bill.atRest].map(([name, usage]) => [name, usd(costOf(usage))]), ['total', usd(restOf(bill.atRest))]] });
  const change = (amount: number, base: number) => (Math.abs(amount - base) < 0.005 ? '–' : `${amount > base ? '+' : '−'}${usd(Math.abs(amount - base))}`);
  const levers = formatTable({
    header: ['prop', 'one by one', 'in bursts', 'storage', 'at rest'],
    rows: [
      [standard.name, ...COLUMNS.map((column) => usd(standard[column]))],
      ...others.map((each) => [each.name, ...COLUMNS.map((column) => change(each[column], standard[column]))]),
    ],
  });
  return [['orders', comparison], ['at-rest', atRest], ['props', levers]].reduce((page, [name, content]) => withGeneratedSection(page, name, content), document);
}
