import type { Bill } from './bill';
import { PRICES, type Price } from './prices';
import { costByService, costOf, type Usage } from './usage';
import { fixed, type Table } from '../table';

const usd = (amount: number): string => fixed(amount, 2);

/** The orders of a month, by service, with a line per million. */
export function ordersTable({ orders }: Bill, ordersPerMonth: number): Table {
  const perMillion = (amount: number) => (ordersPerMonth === 0 ? '–' : usd((amount * 1e6) / ordersPerMonth));
  return {
    title: `${ordersPerMonth} orders`,
    header: ['service', 'USD a month', 'USD per million orders'],
    rows: [...[...costByService(orders)].map(([service, amount]) => [service, usd(amount), perMillion(amount)]), ['total', usd(costOf(orders)), perMillion(costOf(orders))]],
  };
}

/** Storage in the first month, and after so many. */
export function storageTable({ storage }: Bill, months: number): Table {
  const columns = [...new Set([1, months])];
  const costs = columns.map((month) => costByService(storage(month)));
  const services = [...new Set(costs.flatMap((each) => [...each.keys()]))];
  return {
    title: 'Storage',
    header: ['service', ...columns.map((month) => `USD in month ${month}`)],
    rows: [
      ...services.map((service) => [service, ...costs.map((each) => usd(each.get(service) ?? 0))]),
      ['total', ...columns.map((month) => usd(costOf(storage(month))))],
    ],
  };
}

/** What costs the same in each month. */
export const atRestTable = ({ atRest }: Bill): Table => ({
  title: 'At rest, whatever the number of orders',
  header: ['what', 'USD a month'],
  rows: [...[...atRest].map(([name, usage]) => [name, usd(costOf(usage))]), ['total', usd(restOf(atRest))]],
});

export const restOf = (atRest: Bill['atRest']): number => [...atRest.values()].reduce((total: number, usage: Usage) => total + costOf(usage), 0);

/** What an order of each channel causes. */
export function countsTable({ measurements }: Bill): Table {
  const columns = measurements.map(({ counts }) => ({
    ...prefixed('call ', counts.calls),
    ...prefixed('write units ', counts.writeUnits),
    ...prefixed('invocation ', counts.invocations),
    'bytes of logs': counts.logBytes,
    'lines of metrics': counts.metricLines,
    'bytes of events': counts.eventBytes,
  }) as Readonly<Record<string, number>>);
  const names = [...new Set(columns.flatMap((each) => Object.keys(each)))];
  return {
    title: 'Measured, per order',
    header: ['what', ...measurements.map(({ workload }) => (workload.channel === 'file' ? 'file' : workload.isBatched ? 'API, batched' : 'API'))],
    rows: names.map((name) => [name, ...columns.map((each) => fixed(each[name] ?? 0, 3))]),
  };
}

const prefixed = (prefix: string, counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [prefix + name, count]));

/** The price table with its sources. */
export const priceTable = (): Table => ({
  title: 'Prices of us-east-1',
  header: ['service and unit', 'USD', 'source', 'confirmed by a stored page of'],
  rows: Object.values(PRICES).map(({ service, unit, usd: price, source, confirmed }: Price) => [`${service}, ${unit}`, String(price), source, confirmed?.date ?? '–']),
});
