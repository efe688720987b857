import { Readable } from 'node:stream';
import type { ConsoleAws } from '../../../cli/console/aws/console-aws';
import type { ConsoleContext } from '../../../cli/console/console-context';
import { MissingPermissions } from '../../../cli/console/data/missing-permissions';
import type { ConsolePipeline } from '../../../cli/console/deployment/console-pipeline';
import type { DeadLetterMessage } from '../../../handlers/shared/redrive/dead-letter-message';

const notUsed = () => Promise.reject(new Error('this request is not expected'));

export const OPERATOR = 'arn:aws:iam::111122223333:user/bob';

/** A pipeline with an orders queue, a processing queue and their dead-letter queues. */
export const samplePipeline = (changes: Partial<ConsolePipeline> = {}): ConsolePipeline => ({
  name: 'Shop',
  region: 'eu-central-1',
  account: '111122223333',
  partition: 'aws',
  pipeline: 'Orders',
  id: 'Shop/Orders',
  isLocal: false,
  resources: [
    { id: 'OrdersQueue', kind: 'QUEUE', label: 'orders queue', part: 'Ingest', physicalId: 'https://sqs/1/orders' },
    { id: 'OrdersDeadLetterQueue', kind: 'QUEUE', label: 'orders dead-letter queue', part: 'Ingest', physicalId: 'https://sqs/1/orders-dlq' },
    { id: 'PlacementQueue', kind: 'QUEUE', label: 'placement queue', part: 'BusIngest', physicalId: 'https://sqs/1/placement' },
    { id: 'ChangeOrder', kind: 'FUNCTION', label: 'change-order', part: 'Lifecycle', physicalId: 'change-order' },
  ],
  edges: [],
  tables: { orders: 'orders', history: 'history', files: 'files' },
  bucket: 'bucket',
  routes: [{ name: 'orders', deadLetterQueueUrl: 'https://sqs/1/orders-dlq', queueUrl: 'https://sqs/1/orders', isFifo: true, maxReceiveCount: 5 }],
  redriveFunction: 'redrive',
  processFunction: 'process-order',
  ordersQueueUrl: 'https://sqs/1/orders',
  bus: 'bus',
  eventSource: 'orders',
  listsBy: ['customerId', 'status', 'externalReference'],
  hasTenants: false,
  ...changes,
});

/** AWS without messages, events and files. */
export const sampleAws = (changes: Partial<ConsoleAws> = {}): ConsoleAws => ({
  region: async () => 'eu-central-1',
  identity: async () => OPERATOR,
  queueStatus: async () => ({ visible: 0, inFlight: 0, delayed: 0 }),
  deadLetterQueues: { count: async () => ({ visible: 0, inFlight: 0 }), receive: async () => [], release: async () => undefined },
  sendMessage: notUsed,
  publish: notUsed,
  scan: async () => ({ items: [] }),
  batchGet: async () => [],
  streamArn: async () => undefined,
  streams: notUsed,
  upload: notUsed,
  download: async () => Readable.from([]),
  environment: notUsed,
  setEnvironment: notUsed,
  ...changes,
});

export const sampleContext = (changes: Partial<ConsoleContext> = {}): ConsoleContext => ({
  pipeline: samplePipeline(),
  aws: sampleAws(),
  invoke: notUsed,
  fetch: notUsed,
  operator: OPERATOR,
  permissions: new MissingPermissions(),
  showsContents: true,
  ...changes,
});

/** A dead-letter queue that has messages: each is received once, until it is released. */
export function filledQueue(...bodies: readonly unknown[]): ConsoleAws['deadLetterQueues'] & { readonly released: string[] } {
  const messages = bodies.map((body, index): DeadLetterMessage => ({
    id: `message-${index}`, receiptHandle: `handle-${index}`, body: typeof body === 'string' ? body : JSON.stringify(body), sentAt: 1000, receiveCount: 3, attributes: {},
  }));
  const released: string[] = [];
  let rest = [...messages];
  return {
    released,
    count: async () => ({ visible: messages.length, inFlight: 0 }),
    receive: async () => rest.splice(0, 10),
    release: async (_, handles) => {
      released.push(...handles);
      rest = messages.filter(({ receiptHandle }) => handles.includes(receiptHandle));
    },
  };
}
