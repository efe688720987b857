import { asksOf, type Ask } from './asks';
import { randomOf } from './chances';
import { DELIVERY_FAULTS, kindsOf, type Fault, type FaultKind } from './faults';
import { redriveFaults } from './redrive-faults';
import type { PipelineOptions } from './pipeline-options';

/** All that makes up a run. */
export interface Scenario {
  readonly seed: number;
  readonly asks: readonly Ask[];
  readonly faults: readonly Fault[];
  readonly options: PipelineOptions;
  /** How long it is before the rest is asked, and before somebody looks into the dead-letter queues. */
  readonly daysOfRest: number;
}

/** Requests of functions, and what can go wrong with them besides the usual. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  'receive-order': ['SendMessage orders'],
  'receive-order-change': ['SendMessage orders'],
  'receive-order-cancellation': ['SendMessage orders'],
  'validate-order': ['Put sequences', 'Invoke', 'Update sequences', 'Query sequences', 'PutEvents', 'PutEvents', 'SendMessage orders-dead'],
  'process-order': ['Put orders', 'Put orders', 'Get orders'],
  'change-order': ['Put orders', 'Put orders', 'Get orders', 'Put sequences', 'Query sequences', 'PutEvents', 'SendMessage change-dead'],
  'cancel-order': ['Put orders', 'Put orders', 'Get orders', 'Put sequences', 'Query sequences', 'PutEvents'],
  'fulfill-order': ['Put orders', 'Put orders', 'Get orders', 'Put sequences', 'Query sequences', 'PutEvents'],
  'publish-order-changes': ['PutEvents', 'PutEvents'],
  'record-order-event': ['PutItem history'],
  'expire-pending-commands': ['Query orders', 'Get orders', 'Put orders'],
  'validate-file': ['Put files', 'Update files', 'HeadObject', 'GetObject', 'PutObject', 'PutEvents', 'SendMessage valid-files', 'Publish', 'ChangeMessageVisibility'],
  'extract-orders': ['Get files', 'Update files', 'SendMessageBatch', 'SendMessageBatch', 'GetObject', 'HeadObject', 'PutObject', 'PutEvents', 'SendMessage valid-files'],
  'outside': ['PutEvents'],
};

const FUNCTIONS = ['receive-order','receive-order-change','receive-order-cancellation','validate-order','process-order','change-order','cancel-order','fulfill-order','record-order-event','publish-order-changes','expire-pending-commands','validate-file','extract-orders','redrive-dead-letters'];
const QUEUES = ['processing', 'change', 'cancellation', 'fulfillment', 'history', 'files', 'valid-files'];
const OF_THE_BUS: FaultKind[] = [...DELIVERY_FAULTS, ...DELIVERY_FAULTS, 'undeliverable'];

/** Where something can go wrong, and what. */
const SITES: readonly { readonly site: string; readonly kinds: readonly FaultKind[] }[] = [
  ...Object.entries(CALLS).flatMap(([name, operations]) => operations.map((operation) => ({
    site: `${name}: ${operation}`, kinds: kindsOf(operation),
  }))),
  ...QUEUES.map((name) => ({ site: `${name}: message`, kinds: DELIVERY_FAULTS })),
  ...[...QUEUES, 'orders'].map((name) => ({ site: `${name}: delete`, kinds: ['not deleted'] as const })),
  ...QUEUES.slice(0, 5).map((name) => ({ site: `bus: ${name}`, kinds: OF_THE_BUS })),
  ...['orders', 'orders', ...QUEUES].map((name) => ({ site: `${name}: receive`, kinds: ['given up'] as const })),
  ...FUNCTIONS.map((name) => ({ site: `${name}: clock`, kinds: ['wrong clock'] as const })),
  { site: 'stream: checkpoint', kinds: ['repeated'] },
  { site: 'stream: record', kinds: ['unreadable'] },
  { site: 's3: notification', kinds: DELIVERY_FAULTS },
];

const OF_FILES = SITES.filter(({ site }) => /^(validate-file|extract-orders|files|valid-files|s3):/.test(site));
const OF_ORDERS = SITES.filter((site) => !OF_FILES.includes(site));

const A_WEEK = 7 * 86_400;

/** Whether it is so long that a line may go on without a command. */
export const maySkip = (daysOfRest: number): boolean => daysOfRest >= 120;

/** What a seed stands for. */
export function scenarioOf(seed: number): Scenario {
  const random = randomOf(seed, 'scenario');
  const daysOfRest = random.pick([0, 0, 0, 0, 0, 0, 3, 30, 120, 130]);
  const asks = asksOf(seed, daysOfRest);
  const sites = asks.some(({ kind }) => kind === 'file') ? [...SITES, ...OF_FILES] : OF_ORDERS;
  const faults = Array.from({ length: random.below(random.pick([4, 9, 9, 30])) }, (): Fault => {
    const { site, kinds } = random.pick(sites);
    return { site, kind: random.pick(kinds), nth: 1 + random.below(random.pick([1, 3, 8])), times: random.pick([1, 1, 1, 2, 4, 8, 40]) };
  });
  if (asks.some(({ kind }) => kind === 'redrive')) faults.push(...redriveFaults(random), ...redriveFaults(random));
  // Every process has a clock of its own.
  if (random.chance(0.1)) faults.push(...FUNCTIONS.map((name): Fault => ({ site: `${name}: clock`, kind: 'wrong clock', nth: 1, times: 99 })));
  return {
    seed,
    asks,
    faults,
    options: {
      retention: random.chance(0.15) ? 900 : A_WEEK, hasHook: random.chance(0.2), onInvalidOrder: random.chance(0.2) ? 'REJECT_FILE' : 'SKIP_ORDER',
    },
    daysOfRest,
  };
}
