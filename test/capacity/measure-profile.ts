import type { HandlerProfile, IndexEntry, OrderProfile, WriteProfile } from './handler-profile';
import { positionOf } from './table';
import { sizeOf, writeUnitsFor } from '../bench/cost/sizes';
import { entryOf } from '../bench/cost/write-units';
import type { Account, Loaded } from '../simulation/account';
import { Account as SimulatedAccount } from '../simulation/account';
import { Clock } from '../simulation/clock';
import type { Deployment, IndexSettings, TableSettings } from '../simulation/deployment';
import type { Write } from '../simulation/dynamodb';
import { Faults } from '../simulation/faults';
import { RandomStreams } from '../simulation/random-streams';
import { runUntilIdle } from '../simulation/run-until-idle';
import { current } from '../simulation/runtime';
import { Trace } from '../simulation/trace';
import { apiRequest } from '../support/api-request';
import { matchesPattern } from '../support/event-matcher';

/** Notes what each function does: a request has its effect right after it is traced. */
class RequestTrace extends Trace {
  readonly effects: { readonly site: string; readonly writes: readonly Write[]; readonly table: string; readonly events: readonly string[] }[] = [];
  account?: Account;
  private site = '';
  private readonly seen = new Map<string, number>();

  override add(time: number, line: string): void {
    this.note();
    this.site = line;
    super.add(time, line);
  }

  /** Notes the writes and events of the last request. */
  note(): void {
    if (!this.account) return;
    const { tables, bus } = this.account;
    for (const [table, { writes }] of Object.entries(tables)) this.noteNew(table, writes, (fresh) => ({ writes: fresh, table, events: [] }));
    this.noteNew('bus', bus.published, (fresh) => ({ writes: [], table: '', events: fresh.map(({ type }) => type) }));
  }

  private noteNew<Entry>(name: string, all: readonly Entry[], effect: (fresh: readonly Entry[]) => Omit<RequestTrace['effects'][number], 'site'>): void {
    const fresh = all.slice(this.seen.get(name) ?? 0);
    this.seen.set(name, all.length);
    if (fresh.length > 0) this.effects.push({ site: this.site.split(':')[0], ...effect(fresh) });
  }
}

/** What handlers did for some orders. */
export interface HandlerRun {
  readonly account: Account;
  readonly effects: RequestTrace['effects'];
}

/** Runs the handlers for some orders over the API. */
export async function runHandlers(loaded: Loaded, deployment: Deployment, orders: readonly object[]): Promise<HandlerRun> {
  const clock = new Clock();
  const trace = new RequestTrace();
  const world = { clock, randomStreams: new RandomStreams(1), faults: new Faults([], () => clock.now), trace, violations: [] };
  Object.assign(current, world);
  const account = trace.account = new SimulatedAccount(world, loaded, deployment);
  for (const order of orders) {
    const request = apiRequest({ httpMethod: 'POST', body: JSON.stringify(order), headers: { 'Content-Type': 'application/json' } });
    account.functions['receive-order'].invoke(request, () => undefined);
  }
  await runUntilIdle(clock);
  trace.note();
  return { account, effects: trace.effects };
}

const HISTORY_TABLE = 'HistoryTable';

/** So many orders that their keys in indexes are as different as those of many. */
const ORDERS = 200;

/** Runs the handlers for some orders and measures what each of them writes and publishes for an order. */
export async function measureProfile(loaded: Loaded, deployment: Deployment, orderAt: (index: number) => object): Promise<OrderProfile> {
  const { account, effects: all } = await runHandlers(loaded, deployment, Array.from({ length: ORDERS }, (_, index) => orderAt(index)));
  const handlers = Object.fromEntries([...Map.groupBy(all, ({ site }) => site)].map(([site, effects]) => [site, profileOf(effects, deployment)]));
  return {
    handlers,
    fallback: fallbackOf(handlers),
    targets: targetsOf(account, deployment, true),
    unrecordedTargets: targetsOf(account, deployment, false),
    orderBytes: JSON.stringify(orderAt(0)).length,
  };
}

function profileOf(effects: RequestTrace['effects'], { tables }: Deployment): HandlerProfile {
  const byTable = Map.groupBy(effects.filter(({ table }) => table !== ''), ({ table }) => table);
  const all = [...byTable].map(([table, own]) => writeProfileOf(table, own.flatMap(({ writes }) => writes), tables[table]));
  const events = [...new Set(effects.flatMap((effect) => effect.events))];
  const records = events.length > 0 ? all.find(({ table }) => table === HISTORY_TABLE) : undefined;
  return { writes: all.filter((write) => write !== records), events, ...(records ? { records } : {}) };
}

/** `record-order-event` writes what publishers could not write. */
function fallbackOf(handlers: OrderProfile['handlers']): OrderProfile['fallback'] {
  const units = Math.max(...Object.values(handlers).map(({ records }) => records?.units ?? 0));
  return units === 0 ? {} : { 'record-order-event': { writes: [{ table: HISTORY_TABLE, units, indexes: [] }], events: [] } };
}

function writeProfileOf(table: string, writes: readonly Write[], settings: TableSettings): WriteProfile {
  const own = writeUnitsFor(Math.max(...writes.map(({ after }) => sizeOf(after!))));
  const local = entriesOf(writes, settings, settings.localIndexes);
  return { table, units: own + local.reduce((sum, { units }) => sum + units, 0), indexes: entriesOf(writes, settings, settings.indexes) };
}

/** The entries in indexes whose keys the items have. */
const entriesOf = (writes: readonly Write[], table: TableSettings, indexes: Readonly<Record<string, IndexSettings>>): IndexEntry[] =>
  Object.entries(indexes).flatMap(([name, index]) => {
    const entries = writes.map(({ after }) => entryOf(after, table, index)).filter((entry) => entry !== undefined);
    if (entries.length === 0) return [];
    const positions = entries.map((entry) => positionOf(String(entry[index.partitionKey])));
    return [{ name, units: writeUnitsFor(Math.max(...entries.map(sizeOf))), positions }];
  });

/** The queues whose rules match the events of each type, recorded in the history or not. */
const targetsOf = ({ bus }: Account, { rules }: Deployment, isRecorded: boolean): Record<string, string[]> =>
  Object.fromEntries(bus.published.map(({ type, detail: published }) => {
    const detail = { ...published, ...(isRecorded ? {} : { recorded: undefined }) };
    return [type, Object.values(rules).flatMap(({ pattern, targets }) =>
      (pattern && matchesPattern(pattern, { 'source': pattern.source?.[0], 'detail-type': type, detail }) ? targets.flatMap(({ queue }) => queue ?? []) : []))];
  }));
