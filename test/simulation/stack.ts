/** What each function needs to be told, and how long it may take: what the constructs of `src` set. */
export const SETTINGS: Readonly<Record<string, { readonly timeout: number; readonly deadLetters?: string }>> = {
  'receive-order': { timeout: 10_000 },
  'receive-order-change': { timeout: 10_000 },
  'receive-order-cancellation': { timeout: 10_000 },
  'validate-order': { timeout: 30_000, deadLetters: 'orders' },
  'process-order': { timeout: 30_000, deadLetters: 'processing' },
  'change-order': { timeout: 30_000, deadLetters: 'change' },
  'cancel-order': { timeout: 30_000, deadLetters: 'cancellation' },
  'fulfill-order': { timeout: 30_000, deadLetters: 'fulfillment' },
  'record-order-event': { timeout: 30_000, deadLetters: 'history' },
  'publish-order-changes': { timeout: 30_000, deadLetters: 'changes' },
  'expire-pending-commands': { timeout: 300_000 },
  'validate-file': { timeout: 900_000, deadLetters: 'files' },
  'extract-orders': { timeout: 300_000, deadLetters: 'valid-files' },
  // The shortest that there is, so that its time may be up.
  'redrive-dead-letters': { timeout: 60_000 },
};

/** Which function each standard queue feeds. */
export const CONSUMERS: Readonly<Record<string, string>> = {
  'processing': 'process-order',
  'change': 'change-order',
  'cancellation': 'cancel-order',
  'fulfillment': 'fulfill-order',
  'history': 'record-order-event',
  'files': 'validate-file',
  'valid-files': 'extract-orders',
};

/** What a redrive calls a dead-letter queue. */
export const routeNameOf = (deadLetterQueue: string): string => (deadLetterQueue === 'changes-dead' ? 'stream' : deadLetterQueue.replace('-dead', ''));

/** The ways back out of the dead-letter queues, as `OrderRedrive` writes them. */
const REDRIVE_ROUTES = JSON.stringify({
  routes: [
    ...['orders', ...Object.keys(CONSUMERS)].map((name) => ({ name, from: `${name}-dead`, to: name, ...(name === 'orders' ? { fifo: true, groupIsOrder: true } : {}), tries: '5' })),
    { name: 'stream', from: 'changes-dead', call: 'publish-order-changes' },
  ],
});

export const TABLES: Readonly<Record<string, readonly string[]>> = {
  orders: ['orderId'], sequences: ['orderId', 'sequence'], history: ['orderId', 'eventId'], files: ['fileId'],
};

/** What the app chose. */
export interface StackOptions {
  /** How long commands are parked, in seconds. */
  readonly retention: number;
  readonly hasHook: boolean;
  readonly onInvalidOrder: 'SKIP_ORDER' | 'REJECT_FILE';
}

/** A function's environment. */
export const environmentOf = (name: string, { retention, hasHook, onInvalidOrder }: StackOptions): Record<string, string> => ({
  ORDERS_QUEUE_URL: 'orders',
  MAX_ORDER_SIZE: String(128 * 1024),
  EVENT_BUS_NAME: 'bus',
  EVENT_SOURCE: 'orders',
  DEAD_LETTER_QUEUE_URL: `${SETTINGS[name].deadLetters ?? 'no'}-dead`,
  ORDERS_TABLE_NAME: 'orders',
  SEQUENCE_TABLE_NAME: 'sequences',
  HISTORY_TABLE_NAME: 'history',
  FILES_TABLE_NAME: 'files',
  REJECTED_ORDER_RETENTION: String(30 * 86_400),
  PENDING_COMMAND_RETENTION: String(retention),
  TOKEN_KEY: 'token-key',
  FILES_QUEUE_URL: 'files',
  VALID_FILES_QUEUE_URL: 'valid-files',
  ALERT_TOPIC_ARN: 'alerts',
  ON_INVALID_ORDER: onInvalidOrder,
  ...(hasHook ? { VALIDATION_HOOK_NAME: 'hook' } : {}),
  MAX_FILE_SIZE: String(1024 ** 3),
  MAX_ORDERS_PER_FILE: '1000',
  FILE_HISTORY_RETENTION: String(90 * 86_400),
  REDRIVE_ROUTES,
  ACCEPTED_COMMANDS: 'PlaceOrder,ChangeOrder,CancelOrder',
  AWS_REGION: 'eu-central-1',
  POWERTOOLS_SERVICE_NAME: 'orders',
  POWERTOOLS_METRICS_NAMESPACE: 'OrderPipeline',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_DEV: 'true',
});

