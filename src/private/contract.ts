/**
 * What a construct and its handler have to agree on, in one place.
 *
 * Constructs set these names, handlers read them, `test/contract.test.ts` compares the two. The handlers are bundled from
 * outside of `src`, so this file imports nothing.
 */

/** Every bundled handler, with the environment variables that it needs. */
export const HANDLER_ENV = {
  'receive-order': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE'],
  'receive-order-change': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE'],
  'receive-order-cancellation': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE'],
  'validate-order': ['ACCEPTED_COMMANDS', 'SEQUENCE_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL'],
  'process-order': ['ORDERS_TABLE_NAME', 'DEAD_LETTER_QUEUE_URL', 'REJECTED_ORDER_RETENTION', 'PENDING_COMMAND_RETENTION'],
  'change-order': [
    'ORDERS_TABLE_NAME', 'SEQUENCE_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL', 'REJECTED_ORDER_RETENTION',
    'PENDING_COMMAND_RETENTION',
  ],
  'cancel-order': [
    'ORDERS_TABLE_NAME', 'SEQUENCE_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL', 'REJECTED_ORDER_RETENTION',
    'PENDING_COMMAND_RETENTION',
  ],
  'fulfill-order': [
    'ORDERS_TABLE_NAME', 'SEQUENCE_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL', 'REJECTED_ORDER_RETENTION',
    'PENDING_COMMAND_RETENTION',
  ],
  'expire-pending-commands': ['ORDERS_TABLE_NAME', 'REJECTED_ORDER_RETENTION', 'PENDING_COMMAND_RETENTION'],
  'publish-order-changes': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL'],
  'query-orders': ['ORDERS_TABLE_NAME', 'TOKEN_KEY'],
  'record-order-event': ['HISTORY_TABLE_NAME', 'DEAD_LETTER_QUEUE_URL'],
  'query-order-events': ['HISTORY_TABLE_NAME', 'TOKEN_KEY'],
  'validate-file': [
    'FILES_QUEUE_URL', 'FILES_TABLE_NAME', 'VALID_FILES_QUEUE_URL', 'ALERT_TOPIC_ARN', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL',
    'ON_INVALID_ORDER', 'MAX_FILE_SIZE', 'MAX_ORDER_SIZE', 'MAX_ORDERS_PER_FILE', 'FILE_HISTORY_RETENTION',
  ],
  'extract-orders': [
    'FILES_TABLE_NAME', 'VALID_FILES_QUEUE_URL', 'ORDERS_QUEUE_URL', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'DEAD_LETTER_QUEUE_URL',
  ],
  'query-files': ['FILES_TABLE_NAME', 'TOKEN_KEY'],
  'redrive-dead-letters': ['REDRIVE_ROUTES', 'EVENT_BUS_NAME', 'EVENT_SOURCE'],
} as const;

/** What some handlers get only where the app asks for what it is for. A handler gets these, the ones it needs, and no others. */
export const OPTIONAL_ENV = {
  /** A function of the app's own that judges orders, too. */
  'validate-order': ['VALIDATION_HOOK_NAME'],
  /** The bus on which it is said who read an order. */
  'query-orders': ['EVENT_BUS_NAME', 'EVENT_SOURCE'],
  'query-order-events': ['EVENT_BUS_NAME', 'EVENT_SOURCE'],
  /** How long an event is kept, in seconds; for ever where it is not said. */
  'record-order-event': ['HISTORY_RETENTION'],
} as const;

/** The name of a bundled handler: its source file, its asset folder and, in PascalCase, its construct id. */
export type HandlerName = keyof typeof HANDLER_ENV;

/** The environment variables that one handler needs. */
export type HandlerEnv<Name extends HandlerName> = (typeof HANDLER_ENV)[Name][number];

/** The environment variables that one handler may get besides. */
export type OptionalEnv<Name extends HandlerName> = Name extends keyof typeof OPTIONAL_ENV ? (typeof OPTIONAL_ENV)[Name][number] : never;

/** Any environment variable that any handler reads. */
export type EnvName = HandlerEnv<HandlerName> | OptionalEnv<keyof typeof OPTIONAL_ENV>;

/** Read by Powertools in every handler. */
export const TELEMETRY_ENV = ['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_LOG_LEVEL'] as const;

/** The module name under which the Lambda layer offers `handlers/shared` (esbuild rewrites `#shared` to it). */
export const LAYER_MODULE = 'order-pipeline-shared';

/** EventBridge `source` of everything the pipeline says. */
export const DEFAULT_EVENT_SOURCE = 'orders';

/** Version of the order, of commands and of events. It rises when a reader of the old shape could misread the new one. */
export const SCHEMA_VERSION = 1;

/** How an order or a command entered the pipeline. */
export const CHANNEL = {
  /** Over the REST API. */
  API: 'api',
  /** In an order file. */
  FILE: 'file',
  /** As an event of another system. */
  BUS: 'bus',
} as const;
export type Channel = (typeof CHANNEL)[keyof typeof CHANNEL];

/** `detail-type` of every event about an order. */
export const EVENT_TYPE = {
  ORDER_VALIDATED: 'OrderValidated',
  ORDER_REJECTED: 'OrderRejected',
  ORDER_CONFIRMED: 'OrderConfirmed',
  ORDER_CHANGE_REQUESTED: 'OrderChangeRequested',
  ORDER_CHANGED: 'OrderChanged',
  ORDER_CHANGE_REFUSED: 'OrderChangeRefused',
  ORDER_CANCELLATION_REQUESTED: 'OrderCancellationRequested',
  ORDER_CANCELLED: 'OrderCancelled',
  ORDER_CANCELLATION_REFUSED: 'OrderCancellationRefused',
  /** Comes from outside. */
  ORDER_FULFILLED: 'OrderFulfilled',
  ORDER_FULFILLMENT_REFUSED: 'OrderFulfillmentRefused',
  /** Said only where reading is audited. */
  ORDER_READ: 'OrderRead',
  /** A message about it was put back from a dead-letter queue. */
  ORDER_REDRIVEN: 'OrderRedriven',
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
  /** The app's own validation hook did not accept it; `data.errors` says why. */
  REJECTED_BY_HOOK: 'REJECTED_BY_HOOK',
  /** It waited too long for an earlier command of the same order. */
  EXPIRED: 'EXPIRED',
} as const;
export type RejectionCode = (typeof REJECTION_CODE)[keyof typeof REJECTION_CODE];

/** `data.code` of an `Order…Refused` event: why a command did nothing. */
export const REFUSAL_CODE = {
  /** The command breaks its schema, or the changed order would break a rule; `data.errors` lists every breach. */
  INVALID_COMMAND: 'INVALID_COMMAND',
  /** Who sent it may not ask for this. */
  NOT_ALLOWED: 'NOT_ALLOWED',
  ORDER_CANCELLED: 'ORDER_CANCELLED',
  ORDER_FULFILLED: 'ORDER_FULFILLED',
  ORDER_REJECTED: 'ORDER_REJECTED',
  /** The order is not in the version that the command expects. */
  VERSION_MISMATCH: 'VERSION_MISMATCH',
  /** No order came that it could be applied to. */
  ORDER_NOT_FOUND: 'ORDER_NOT_FOUND',
  /** Too much waits for the order already. */
  TOO_MANY_PENDING: 'TOO_MANY_PENDING',
  /** It waited too long for an earlier command of the same order. */
  EXPIRED: 'EXPIRED',
} as const;
export type RefusalCode = (typeof REFUSAL_CODE)[keyof typeof REFUSAL_CODE];

/** The codes of validation. The others come later, to orders that passed it. */
export const VALIDATION_CODES = [REJECTION_CODE.INVALID_ORDER, REJECTION_CODE.REJECTED_BY_HOOK] as const;

/** The dimension under which rejections and refusals are counted by their code, beside Powertools' own `service`. */
export const CODE_DIMENSION = 'code';

/** The partition key of the orders table. */
export const ORDER_KEY = 'orderId';

/** Its index of a customer's orders, newest last. */
export const ORDERS_BY_CUSTOMER = { indexName: 'byCustomer', partitionKey: 'customerId', sortKey: 'listKey' } as const;

/** Its index of orders by status, newest last. The key is spread over shards: one status would be one hot partition. */
export const ORDERS_BY_STATUS = { indexName: 'byStatus', partitionKey: 'statusShard', sortKey: 'listKey' } as const;

/** Its index of orders that have parked commands, by when the first of those expires. */
export const ORDERS_BY_PENDING_UNTIL = { indexName: 'byPendingUntil', partitionKey: 'pendingShard', sortKey: 'pendingUntil' } as const;

/** How many shards an index has whose key would otherwise be the same for many orders. */
export const INDEX_SHARDS = 8;

/** What a list of orders shows of each. */
export const ORDER_SUMMARY = ['status', 'version', 'customerId', 'currency', 'total', 'placedAt', 'createdAt', 'updatedAt'] as const;

/** When, in Unix seconds, a rejected order is forgotten, as far as clients can see. */
export const VISIBLE_UNTIL_ATTRIBUTE = 'visibleUntil';

/** The keys of the sequence table, which gives every command of an order its place. */
export const SEQUENCE_KEYS = { partitionKey: 'orderId', sortKey: 'sequence' } as const;

/** The keys of the history table, and its local index by time. */
export const HISTORY_KEYS = { partitionKey: 'orderId', sortKey: 'eventId' } as const;
export const HISTORY_BY_TIME = { indexName: 'byTime', sortKey: 'occurredAt' } as const;

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
