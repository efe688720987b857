import type { ClientRequest } from './client-requests';
import { START_TIME } from './clock';
import type { Outage } from './faults';
import { defaultOptions } from './pipeline-options';
import { randomOf } from './random-streams';
import type { Scenario } from './scenario';
import { sampleOrder } from '../support/sample-order';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Each dependency of the pipeline with the sites that meet its outage. */
const DEPENDENCIES: Readonly<Record<string, RegExp>> = {
  'orders table': / OrdersTable$/,
  'sequence table': / SequenceTable$/,
  'files table': / FilesTable$/,
  'history table': / HistoryTable$/,
  'event bus': /: PutEvents$/,
  // The orders table goes on, so that the stream has records that grow old.
  'stream consumer': /^publish-order-changes: PutEvents$/,
  'orders queue': /: (SendMessage OrdersQueue|SendMessageBatch)$/,
  'validation hook': /: Invoke$/,
  'bucket': /: (HeadObject|GetObject|PutObject)$/,
  'Lambda': /: invocation$/,
};

const DURATIONS: Readonly<Record<string, number>> = { '1 minute': MINUTE, '1 hour': HOUR, '12 hours': 12 * HOUR, '30 hours': 30 * HOUR };

/** The default of `retryDuration`. */
const RETRY_DURATION = 24 * HOUR;

/** An outage of one dependency under continuous traffic. */
export interface OutageScenario {
  readonly name: string;
  readonly scenario: Scenario;
  readonly outage: Outage;
  /** Whether no command may be in a dead-letter queue. */
  readonly keepsAll: boolean;
  /** The longest time until all commands are processed after the outage, in milliseconds. */
  readonly maxRecovery: number;
}

/** An outage of each dependency for each duration, and one of a function. */
export const outageScenarios = (seed: number): OutageScenario[] => [
  ...Object.entries(DEPENDENCIES).flatMap(([dependency, sites]) =>
    Object.entries(DURATIONS).map(([name, duration]) => outageScenario(`${dependency}, ${name}`, sites, duration, seed))),
  // Longer than the queue keeps a message: no invocation can send it to the dead-letter queue.
  outageScenario('validate-order, 5 days', /^validate-order: invocation$/, 5 * 24 * HOUR, seed),
];

function outageScenario(name: string, sites: RegExp, duration: number, seed: number): OutageScenario {
  const isThrottled = sites.source.endsWith('invocation$');
  const outage: Outage = { sites, kind: isThrottled ? 'throttled' : 'fail', from: START_TIME + MINUTE, until: START_TIME + MINUTE + duration };
  return {
    name,
    outage,
    scenario: {
      seed,
      requests: continuousTraffic(seed, duration + MINUTE),
      faults: [],
      outage,
      options: { ...defaultOptions(), hasHook: sites === DEPENDENCIES['validation hook'] },
      idleDays: 0,
    },
    keepsAll: duration < RETRY_DURATION,
    maxRecovery: isThrottled ? LONGEST_VISIBILITY_TIMEOUT : Math.min(duration, MAX_DELAY) + SLACK,
  };
}

/** The maximum of the back-off. */
const MAX_DELAY = 15 * MINUTE;
/** A throttled invocation is retried after the visibility timeout; that of a queue of files is six times 15 minutes. */
const LONGEST_VISIBILITY_TIMEOUT = 90 * MINUTE + MINUTE;
/** For the attempts themselves, and for messages that wait for others of their group. */
const SLACK = 45_000;

const REQUESTS = 250;

/** Requests at regular times: many for the same order, and some for each other one. */
function continuousTraffic(seed: number, duration: number): ClientRequest[] {
  const random = randomOf(seed, 'traffic');
  return Array.from({ length: REQUESTS }, (_, id): ClientRequest => {
    const at = Math.round((duration * id) / REQUESTS);
    const earlier = random.chance(0.3) ? 'o-0' : `o-${random.below(id + 1)}`;
    const dice = random.below(100);
    if (id > 0 && dice < 10) return { id, at, kind: 'publish', type: 'OrderPlacementRequested', metadata: { eventId: `outside-${id}` }, data: { order: sampleOrder({ orderId: `o-${id}`, notes: 'a' }) } };
    if (id === 0 || dice < 40) return { id, at, kind: 'place', orderId: `o-${id}`, notes: 'a', isInvalid: random.chance(0.1) };
    if (dice < 75) return { id, at, kind: 'change', orderId: earlier, patch: { notes: `note ${id}` } };
    if (dice < 85) return { id, at, kind: 'cancel', orderId: earlier, reason: `reason ${id}` };
    if (dice < 90) {
      return { id, at, kind: 'publish', type: 'OrderItemsFulfilled', metadata: { orderId: earlier, eventId: `outside-${id}` }, data: { items: [{ lineItem: 0, quantity: 1 }] } };
    }
    if (dice < 95) return { id, at, kind: 'publish', type: 'OrderFulfilled', metadata: { orderId: earlier, eventId: `outside-${id}` } };
    return { id, at, kind: 'file', lines: [0, 1, 2, 3].map((line) => ({ orderId: `f-${id}-${line}`, notes: 'a' })) };
  });
}
