/**
 * What a construct and its handler have to agree on, in one place.
 *
 * Constructs set these names, handlers read them, `test/contract.test.ts` compares the two. The handlers are bundled from
 * outside of `src`, so this file imports nothing.
 */

/** Every bundled handler, with the environment variables that it reads. A handler gets these and no others. */
export const HANDLER_ENV = {
  'receive-order': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE'],
  'validate-order': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL'],
  'process-order': ['ORDERS_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL', 'REJECTED_ORDER_RETENTION'],
  'publish-order-changes': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL'],
  'query-orders': ['ORDERS_TABLE_NAME'],
  'validate-file': [
    'FILES_QUEUE_URL', 'FILES_TABLE_NAME', 'VALID_FILES_QUEUE_URL', 'ALERT_TOPIC_ARN', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL',
    'ON_INVALID_ORDER', 'MAX_FILE_SIZE', 'MAX_ORDER_SIZE', 'MAX_ORDERS_PER_FILE', 'FILE_HISTORY_RETENTION',
  ],
  'extract-orders': [
    'FILES_TABLE_NAME', 'VALID_FILES_QUEUE_URL', 'ORDERS_QUEUE_URL', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL',
  ],
  'query-files': ['FILES_TABLE_NAME'],
} as const;

/** The name of a bundled handler: its source file, its asset folder and, in PascalCase, its construct id. */
export type HandlerName = keyof typeof HANDLER_ENV;

/** The environment variables that one handler reads. */
export type HandlerEnv<Name extends HandlerName> = (typeof HANDLER_ENV)[Name][number];

/** Any environment variable that any handler reads. */
export type EnvName = HandlerEnv<HandlerName>;

/** Read by Powertools in every handler. */
export const TELEMETRY_ENV = ['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_LOG_LEVEL'] as const;

/** The module name under which the Lambda layer offers `handlers/shared` (esbuild rewrites `#shared` to it). */
export const LAYER_MODULE = 'order-pipeline-shared';

/** EventBridge `source` of everything the pipeline says. */
export const DEFAULT_EVENT_SOURCE = 'orders';

/** Version of the order, of commands and of events. It rises when a reader of the old shape could misread the new one. */
export const SCHEMA_VERSION = 1;

/** `detail-type` of every event on the bus. */
export const EVENT_TYPE = {
  ORDER_VALIDATED: 'OrderValidated',
  ORDER_REJECTED: 'OrderRejected',
  ORDER_CONFIRMED: 'OrderConfirmed',
} as const;
export type EventType = (typeof EVENT_TYPE)[keyof typeof EVENT_TYPE];

/** `detail-type` of every event about a file. */
export const FILE_EVENT_TYPE = {
  ORDER_FILE_ACCEPTED: 'OrderFileAccepted',
  ORDER_FILE_REJECTED: 'OrderFileRejected',
  ORDER_FILE_COMPLETED: 'OrderFileCompleted',
} as const;
export type FileEventType = (typeof FILE_EVENT_TYPE)[keyof typeof FILE_EVENT_TYPE];

/** `data.code` of an `OrderRejected` event: why an order was refused as a whole. */
export const REJECTION_CODE = {
  /** The order breaks its schema or a business rule; `data.errors` lists every breach. */
  INVALID_ORDER: 'INVALID_ORDER',
  /** Another order with other content already has this id. The stored order is untouched. */
  DUPLICATE_ORDER_ID: 'DUPLICATE_ORDER_ID',
} as const;
export type RejectionCode = (typeof REJECTION_CODE)[keyof typeof REJECTION_CODE];

/** The partition key of the orders table. */
export const ORDER_KEY = 'orderId';

/** The attribute that DynamoDB's time to live looks at, in every table. */
export const EXPIRY_ATTRIBUTE = 'expiresAt';

/** The partition key of the files table, and its index of files by state, newest last. */
export const FILE_KEY = 'fileId';
export const FILES_BY_STATE = { indexName: 'byState', partitionKey: 'state', sortKey: 'receivedAt' } as const;

/** Where in the bucket files are dropped, and where the reports go. */
export const INCOMING_PREFIX = 'incoming/';
export const REPORTS_PREFIX = 'reports/';

/** What happens to a file with an invalid order. */
export const INVALID_ORDER_POLICY = {
  /** Nothing of the file is sent. */
  REJECT_FILE: 'REJECT_FILE',
  /** The valid orders are sent. */
  SKIP_ORDER: 'SKIP_ORDER',
} as const;
