import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aroundTable, failureTable, fileTable, historyTable, lifecycleTable, orderTable, queueTable, requestTable, type OrderRow } from './tables';
import type { OrdersApi } from '../../test/support/orders-api';
import type { AroundResults } from '../around/follow-orders';
import { aroundTotals, unexpectedAround } from '../around/outcomes';
import { STACK, type DeployedExample } from '../deployed-example';
import type { FailureResults } from '../failures/inject-failures';
import { unexpectedCounts } from '../failures/outcome-counts';
import { lifecycleTotals, unexpectedLifecycleOutcomes } from '../lifecycle/outcomes';
import type { LifecycleResult } from '../lifecycle/requests';
import { ORDER_WITH_HISTORY } from '../lifecycle/scenario';
import { fileTotals, unexpectedFiles, type FileResult } from '../order-files/outcomes';
import { acceptedTotals, submittedTotals, unexpectedOrders, type OrderResult } from '../orders/outcomes';
import { addsUp, formatTotals } from '../totals';

/** The results of all parts of the demo. */
export interface DemoResults {
  readonly orders: readonly OrderResult[];
  readonly lifecycle: readonly LifecycleResult[];
  readonly files: readonly FileResult[];
  readonly around: AroundResults;
  readonly failures: FailureResults;
  readonly seconds: Readonly<Record<string, number>>;
}

const CONCLUSION = 'Every accepted order was processed, rejected with a reason, or moved to a dead-letter queue.';
const REPORT_FILE = join(__dirname, '..', '..', 'demo-report.json');
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Prints all results and writes `demo-report.json`. Returns whether all totals add up and every outcome is the expected one. */
export async function printReport(example: DeployedExample, results: DemoResults): Promise<boolean> {
  for (const [title, text] of await sections(example, results)) print(`\n${title}\n${text}`);
  const unexpected = unexpectedOutcomes(results);
  for (const line of unexpected) print(`✗ ${line}`);
  const totals = totalsOf(results);
  print(`\nTotals\n${totals.map(formatTotals).map(indent).join('\n')}`);
  const asExpected = unexpected.length === 0;
  writeFileSync(REPORT_FILE, `${JSON.stringify({ totals, asExpected, seconds: results.seconds }, undefined, 2)}\n`);
  const succeeded = totals.every(addsUp) && asExpected;
  print(succeeded ? `\n✓ ${CONCLUSION}` : '\n✗ Some outcomes are unknown or unexpected.');
  return succeeded;
}

type Section = [title: string, text: string];

async function sections({ api, state }: DeployedExample, { orders, lifecycle, files, around, failures, seconds }: DemoResults): Promise<Section[]> {
  const orderIds = [...orders.flatMap(({ orderId }) => orderId ?? []), ...lifecycle.map(({ request }) => request.orderId)];
  const history = await api.request(`/orders/${ORDER_WITH_HISTORY}/events`, {});
  return [
    ['Order requests', requestTable(orders)],
    ['Changes, cancellations and fulfillments', lifecycleTable(lifecycle)],
    [`History of ${ORDER_WITH_HISTORY}`, historyTable(history.body.items)],
    ['Orders', orderTable(await storedOrders(api, orderIds))],
    ['Order files', fileTable(files)],
    ...state.alerts.map((alert): Section => ['Alert', indent(alert)]),
    [`Workflows, the webhook (${around.requests.accepted} requests accepted, ${around.requests.refused} refused and sent again) and live updates`, aroundTable(around.orders)],
    ['Requests while failures were injected', failureTable(failures)],
    [`npx cdk-order-pipeline redrive --stack ${STACK} --list`, indent(failures.listOutput)],
    [`npx cdk-order-pipeline redrive --stack ${STACK} --execute`, indent(failures.executeOutput)],
    ['Queues', queueTable(state.queues)],
    ['Seconds per step', indent(Object.entries(seconds).map(([step, duration]) => `${step} ${duration.toFixed(1)}`).join(', '))],
  ];
}

const totalsOf = ({ orders, lifecycle, files, around, failures }: DemoResults) => [
  submittedTotals(orders),
  acceptedTotals(orders),
  lifecycleTotals(lifecycle),
  fileTotals(files),
  ...aroundTotals(around.orders),
  acceptedTotals(failures.beforeRedrive, 'before the redrive'),
  acceptedTotals(failures.afterRedrive, 'after the redrive'),
];

const unexpectedOutcomes = ({ orders, lifecycle, files, around, failures }: DemoResults): string[] => [
  ...unexpectedOrders(orders),
  ...unexpectedLifecycleOutcomes(lifecycle),
  ...unexpectedFiles(files),
  ...unexpectedAround(around.orders),
  ...unexpectedCounts(failures.beforeRedrive, ({ beforeRedrive, expected }) => beforeRedrive ?? expected),
  ...unexpectedCounts(failures.afterRedrive, ({ expected }) => expected),
];

const indent = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, '  ');

async function storedOrders(api: OrdersApi, orderIds: readonly string[]): Promise<OrderRow[]> {
  const responses = await Promise.all([...new Set(orderIds)].map((orderId) => api.get(orderId)));
  return responses.filter(({ status }) => status === 200).map(({ body }) => body);
}
