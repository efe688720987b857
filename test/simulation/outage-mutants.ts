import type { Patch } from './bundle';
import type { WiringMutant } from './wiring-mutants';

/** A change of the handlers or of the wiring that only an outage can find. */
export interface OutageMutant {
  readonly name: string;
  readonly patches?: readonly Patch[];
  readonly change?: WiringMutant['change'];
}

/** Each of these breaks what retries promise, and has to be found. */
export const OUTAGE_MUTANTS: readonly OutageMutant[] = [
  {
    name: 'failed messages are not retried before the visibility timeout',
    patches: [{ file: 'shared/messaging/failure-policy.ts', from: 'changeVisibility(visibilityTimeouts(failed))', to: 'Promise.resolve()' }],
  },
  {
    name: 'the delay of retries has no maximum',
    patches: [{ file: 'shared/messaging/retry-policy.ts', from: '2 ** (receiveCount - 1), MAX_RETRY_DELAY', to: '2 ** (receiveCount - 1), 43_200' }],
  },
  {
    name: 'failed messages are not retried',
    patches: [{ file: 'shared/messaging/retry-policy.ts', from: '>= retryDuration ? exhausted', to: '>= 0 ? exhausted' }],
  },
  {
    name: 'records of the stream are not retried',
    patches: [{ file: 'shared/messaging/failure-policy.ts', from: '>= STREAM_RETRY_SECONDS ? exhausted', to: '>= 0 ? exhausted' }],
  },
  {
    name: 'records of the stream are retried for longer than it keeps them',
    patches: [{ file: 'shared/messaging/failure-policy.ts', from: 'STREAM_RETRY_SECONDS = 20 * 3600', to: 'STREAM_RETRY_SECONDS = 28 * 3600' }],
  },
  {
    name: 'messages are moved to the dead-letter queues after five receives',
    change: ({ queues }) => {
      for (const { redrivePolicy } of Object.values(queues)) if (redrivePolicy) redrivePolicy.maxReceiveCount = 5;
    },
  },
  {
    name: 'messages are moved to the dead-letter queue of the orders after one receive',
    change: ({ queues }) => { queues.OrdersQueue.redrivePolicy!.maxReceiveCount = 1; },
  },
  {
    name: 'the orders queue has no dead-letter queue',
    change: ({ queues }) => { queues.OrdersQueue.redrivePolicy = undefined; },
  },
  {
    name: 'consumers retry for an hour',
    change: ({ functions }) => {
      for (const { environment } of Object.values(functions)) if (environment.RETRY_DURATION) environment.RETRY_DURATION = '3600';
    },
  },
  {
    name: 'messages of the orders queue are invisible for an hour after a crash',
    change: ({ queues }) => { queues.OrdersQueue.visibilityTimeout = 3 * 3_600_000; },
  },
];
