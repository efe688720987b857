import type { OrderProfile } from '../../capacity/handler-profile';
import { limitsPerOrder } from '../../capacity/limits-per-order';
import { REGIONS, type Region } from '../../capacity/published-limits';
import type { CapacitySettings } from '../../capacity/read-capacity';
import type { FileRun } from '../../capacity/scenarios';
import type { Summary } from '../../capacity/summarize';
import type { Table } from '../table';

/** How figures are written. */
export const numbers = {
  count: (figure: number): string => Math.round(figure).toLocaleString('en-US'),
  seconds: (figure: number | undefined): string => (figure === undefined ? '–' : figure.toFixed(figure < 10 ? 1 : 0)),
};

const { count, seconds } = numbers;

/** A run at a steady rate. */
export interface RateRun extends Summary {
  /** The region, and what differs from the defaults. */
  readonly name: string;
  /** Orders per second. */
  readonly rate: number;
}

/** A run of another kind. */
export interface NamedRun extends Summary, Partial<Pick<FileRun, 'confirmedBy' | 'recordedBy'>> {
  readonly name: string;
  readonly region: string;
}

/** How many orders a second each limit allows, lowest first in the first region. */
export function limitsTable(settings: CapacitySettings, profile: OrderProfile): Table {
  const regions = Object.keys(REGIONS) as Region[];
  const byRegion = regions.map((region) => new Map(limitsPerOrder(settings, profile, region).map((limit) => [limit.limit, limit])));
  return {
    title: 'Orders per second that each limit allows, with default props and quotas',
    header: ['limit', ...regions, 'moved by'],
    rows: [...byRegion[0].values()].map(({ limit, movedBy }) =>
      [limit, ...byRegion.map((limits) => count(limits.get(limit)!.ordersPerSecond)), movedBy]),
  };
}

/** The times by rate, and what saturates first. */
export const ratesTable = (runs: readonly RateRun[]): Table => ({
  title: 'Seconds from accepted to confirmed, and to recorded in the history, after 30 seconds of orders at a rate',
  header: ['region', 'orders/s', 'accepted', 'confirmed p50', 'p99', 'recorded p99', 'saturated, the lowest limit first'],
  rows: runs.map(({ name, rate, acceptedShare, confirmed, recorded, saturated }) => [
    name, count(rate), `${Math.floor(acceptedShare * 100)} %`, seconds(confirmed.p50), seconds(confirmed.p99), seconds(recorded.p99),
    namesOf(saturated),
  ]),
});

/** Bursts and files. */
export const scenariosTable = (runs: readonly NamedRun[]): Table => ({
  title: 'Bursts and files: seconds until orders are confirmed, and until the last one is',
  header: ['orders', 'region', 'confirmed p50', 'p99', 'all confirmed by', 'all recorded by', 'dead-lettered', 'saturated'],
  rows: runs.map(({ name, region, confirmed, confirmedBy, recordedBy, deadLetters, saturated }) => [
    name, region, seconds(confirmed.p50), seconds(confirmed.p99), seconds(confirmedBy), seconds(recordedBy), count(deadLetters),
    namesOf(saturated),
  ]),
});

const namesOf = (limits: Summary['saturated']): string => limits.map(({ limit }) => limit).join(', ') || '–';
