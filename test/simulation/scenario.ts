import { clientRequestsOf, type ClientRequest } from './client-requests';
import { DELIVERY_FAULTS, faultKindsOf, type Fault, type FaultKind, type Outage } from './faults';
import { RETENTIONS, type PipelineOptions } from './pipeline-options';
import { randomOf } from './random-streams';
import { redriveFaults } from './redrive-faults';
import { STREAM_NAMES } from './stream';
import type { Confirmation } from '../support/order-lifecycle-model';
import type { Random } from '../support/random';

/** The inputs of a run. */
export interface Scenario {
  readonly seed: number;
  readonly requests: readonly ClientRequest[];
  readonly faults: readonly Fault[];
  readonly outage?: Outage;
  readonly options: PipelineOptions;
  /** The days before the later requests and before the final redrive. */
  readonly idleDays: number;
}

/** The requests with which consumers of queues delay the next attempt. */
const DELAY_RETRY = ['ChangeMessageVisibilityBatch'];

/** The request with which publishers record their events. */
const RECORD_EVENTS = ['BatchExecuteStatement HistoryTable', 'BatchExecuteStatement HistoryTable'];

/** Requests of functions, each with its own faults besides those of all requests. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  'receive-order': ['SendMessage OrdersQueue'],
  'receive-order-change': ['SendMessage OrdersQueue'],
  'receive-order-cancellation': ['SendMessage OrdersQueue'],
  'receive-order-event': [...DELAY_RETRY, 'SendMessage OrdersQueue', 'SendMessage OrdersQueue', 'SendMessage PlacementDeadLetterQueue'],
  'validate-order': [
    ...DELAY_RETRY, 'Put SequenceTable', 'Invoke', 'Update SequenceTable', 'Query SequenceTable', 'PutEvents', 'PutEvents', 'SendMessage OrdersDeadLetterQueue',
    ...RECORD_EVENTS,
  ],
  'process-order': [...DELAY_RETRY, 'PutItem OrdersTable', 'PutItem OrdersTable', 'Get OrdersTable'],
  'change-order': [
    ...DELAY_RETRY, 'PutItem OrdersTable', 'PutItem OrdersTable', 'Get OrdersTable', 'Put SequenceTable', 'Query SequenceTable', 'PutEvents', 'SendMessage ChangeDeadLetterQueue',
  ],
  'cancel-order': [...DELAY_RETRY, 'PutItem OrdersTable', 'PutItem OrdersTable', 'Get OrdersTable', 'Put SequenceTable', 'Query SequenceTable', 'PutEvents'],
  'fulfill-order': [...DELAY_RETRY, 'PutItem OrdersTable', 'PutItem OrdersTable', 'Get OrdersTable', 'Put SequenceTable', 'Query SequenceTable', 'PutEvents'],
  'publish-order-changes': ['PutEvents', 'PutEvents', ...RECORD_EVENTS],
  'record-order-event': [...DELAY_RETRY, 'PutItem HistoryTable'],
  'expire-pending-commands': ['Query OrdersTable', 'Get OrdersTable', 'PutItem OrdersTable'],
  'validate-file': [
    ...DELAY_RETRY, 'Put FilesTable', 'Update FilesTable', 'HeadObject', 'GetObject', 'PutObject', 'PutEvents', 'SendMessage ValidFilesQueue', 'Publish',
  ],
  'extract-orders': [
    ...DELAY_RETRY, 'Get FilesTable', 'Update FilesTable', 'SendMessageBatch OrdersQueue', 'SendMessageBatch OrdersQueue', 'GetObject', 'HeadObject', 'PutObject', 'PutEvents', 'SendMessage ValidFilesQueue',
    'Query FilesTable', 'Publish',
  ],
  'record-file-outcomes': [
    'Get FilesTable', 'Put FilesTable', 'Put FilesTable', 'Put FilesTable', 'Update FilesTable', 'Query FilesTable', 'PutEvents', 'Publish',
  ],
  'outside': ['PutEvents'],
};

/** Those of functions that only a pipeline with `confirmation` has. */
const CONFIRMATION_REQUESTS: typeof REQUESTS = {
  'request-confirmation': [...DELAY_RETRY, 'Invoke', 'Invoke', 'PutEvents', 'PutEvents'],
  'decide-confirmation': [...DELAY_RETRY, 'PutItem OrdersTable', 'PutItem OrdersTable', 'Get OrdersTable', 'Put SequenceTable', 'Query SequenceTable', 'PutEvents'],
};

const FUNCTIONS = [...Object.keys(REQUESTS).filter((name) => name !== 'outside'), 'redrive-dead-letters'];
const EVENT_QUEUES = ['PlacementQueue', 'ProcessingQueue', 'ChangeQueue', 'CancellationQueue', 'FulfillmentQueue', 'HistoryQueue'];
const STANDARD_QUEUES = [...EVENT_QUEUES, 'FilesQueue', 'ValidFilesQueue'];
const CONFIRMATION_QUEUES = ['ConfirmationQueue', 'DecisionQueue'];
const BUS_FAULTS: FaultKind[] = [...DELIVERY_FAULTS, ...DELIVERY_FAULTS, 'undeliverable'];

interface Site {
  readonly site: string;
  readonly kinds: readonly FaultKind[];
}

const requestSites = (requests: typeof REQUESTS): Site[] => Object.entries(requests).flatMap(([name, operations]) =>
  operations.map((operation) => ({ site: `${name}: ${operation}`, kinds: faultKindsOf(operation) })));

/** The sites of faults, with the kinds of faults that can happen there. */
export const SITES: readonly Site[] = [
  ...requestSites(REQUESTS),
  ...STANDARD_QUEUES.map((name) => ({ site: `${name}: message`, kinds: DELIVERY_FAULTS })),
  ...[...STANDARD_QUEUES, 'OrdersQueue'].map((name) => ({ site: `${name}: delete`, kinds: ['not deleted'] as const })),
  ...EVENT_QUEUES.map((name) => ({ site: `bus: ${name}`, kinds: BUS_FAULTS })),
  ...['OrdersQueue', 'OrdersQueue', ...STANDARD_QUEUES].map((name) => ({ site: `${name}: receive`, kinds: ['moved to the dead-letter queue'] as const })),
  ...FUNCTIONS.map((name) => ({ site: `${name}: clock`, kinds: ['wrong clock'] as const })),
  ...Object.values(STREAM_NAMES).flatMap((name) => [{ site: `${name}: checkpoint`, kinds: ['repeated'] }, { site: `${name}: record`, kinds: ['unreadable'] }] as const),
  { site: 's3: notification', kinds: DELIVERY_FAULTS },
];

const CONFIRMATION_SITES: readonly Site[] = [
  ...requestSites(CONFIRMATION_REQUESTS),
  ...Object.keys(CONFIRMATION_REQUESTS).map((name): Site => ({ site: `${name}: clock`, kinds: ['wrong clock'] })),
  ...CONFIRMATION_QUEUES.flatMap((name): Site[] => [
    { site: `${name}: message`, kinds: DELIVERY_FAULTS },
    { site: `${name}: delete`, kinds: ['not deleted'] },
    { site: `${name}: receive`, kinds: ['moved to the dead-letter queue'] },
    { site: `bus: ${name}`, kinds: BUS_FAULTS },
  ]),
];

const FILE_SITES = SITES.filter(({ site }) => /^(validate-file|extract-orders|record-file-outcomes|FilesQueue|ValidFilesQueue|file outcomes|s3):/.test(site));
const ORDER_SITES = SITES.filter((site) => !FILE_SITES.includes(site));

/** Two invocations that extract the same file, one of them slowly. */
const concurrentExtractions = (random: Random): Fault[] => [
  { site: 'ValidFilesQueue: message', kind: 'duplicate', nth: 1, times: 2 },
  { site: `extract-orders: ${random.pick(['SendMessageBatch', 'GetObject', 'Update FilesTable'])}`, kind: 'slow', nth: 1 + random.below(3), times: random.pick([1, 2]) },
];

/** An extraction that completes its file slowly, while the last outcomes are recorded slowly. */
const lateOutcomes = (random: Random): Fault[] => [
  { site: `extract-orders: ${random.pick(['PutEvents', 'PutObject', 'Update FilesTable'])}`, kind: 'slow', nth: 1 + random.below(2), times: random.pick([1, 2]) },
  { site: `record-file-outcomes: ${random.pick(['Get FilesTable', 'Put FilesTable'])}`, kind: 'slow', nth: 1 + random.below(4), times: random.pick([1, 4]) },
];

/** A request that fails for longer than its queue keeps a message. */
function outage(random: Random): Fault {
  const [name, operations] = random.pick(Object.entries(REQUESTS));
  return { site: `${name}: ${random.pick(operations)}`, kind: 'fail', nth: 1, times: 100_000 };
}

/** Whether the idle days are so many that a sequence may skip a command. */
export const maySkip = (idleDays: number): boolean => idleDays >= 120;

/** How orders are confirmed in the run of a seed. */
function confirmationOf(seed: number): Confirmation {
  const random = randomOf(seed, 'confirmation');
  return random.chance(0.35) ? random.pick(['RESTART', 'RESTART', 'REFUSE']) : 'none';
}

/** The scenario of a seed. */
export function scenarioOf(seed: number): Scenario {
  const random = randomOf(seed, 'scenario');
  const idleDays = random.pick([0, 0, 0, 0, 0, 0, 3, 30, 45, 120, 130]);
  const requests = clientRequestsOf(seed, idleDays);
  const confirmation = confirmationOf(seed);
  const sites = [
    ...requests.some(({ kind }) => kind === 'file') ? [...SITES, ...FILE_SITES] : ORDER_SITES,
    ...confirmation === 'none' ? [] : [...CONFIRMATION_SITES, ...CONFIRMATION_SITES],
  ];
  const faults = Array.from({ length: random.below(random.pick([4, 9, 9, 30])) }, (): Fault => {
    const { site, kinds } = random.pick(sites);
    return { site, kind: random.pick(kinds), nth: 1 + random.below(random.pick([1, 3, 8])), times: random.pick([1, 1, 1, 2, 4, 8, 40]) };
  });
  if (requests.some(({ kind }) => kind === 'redrive')) faults.push(...redriveFaults(random), ...redriveFaults(random));
  if (requests.some(({ kind }) => kind === 'file') && random.chance(0.2)) faults.push(...concurrentExtractions(random));
  if (requests.some(({ kind }) => kind === 'file') && random.chance(0.2)) faults.push(...lateOutcomes(random));
  if (random.chance(0.05)) faults.push(outage(random));
  // Sometimes the clock of every process is wrong.
  if (random.chance(0.1)) faults.push(...FUNCTIONS.map((name): Fault => ({ site: `${name}: clock`, kind: 'wrong clock', nth: 1, times: 99 })));
  return {
    seed,
    requests,
    faults,
    options: {
      retention: RETENTIONS[random.chance(0.15) && confirmation === 'none' ? 1 : 0],
      hasHook: random.chance(0.2) && confirmation === 'none',
      onInvalidOrder: random.chance(0.2) ? 'REJECT_FILE' : 'SKIP_ORDER',
      onExistingOrder: random.chance(0.4) ? 'CHANGE' : 'REJECT',
      confirmation,
    },
    idleDays,
  };
}
