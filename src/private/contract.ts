/**
 * The names and values that constructs and handlers share.
 *
 * Constructs set them, handlers read them, and `test/contract.test.ts` compares the two. Handlers are bundled from outside of `src`, so
 * this file imports nothing.
 */

/** The maximum delay between two attempts to process a message, in seconds. The visibility timeout and the retention of queues allow for it. */
export const MAX_RETRY_DELAY = 900;

/** After so many times the retry duration, a message is abandoned: every attempt must have ended with a crash, a timeout or throttling. */
export const ABANDONED_AFTER = 2;

/** The environment variables of every consumer of a queue. Times are in seconds. */
const QUEUE_CONSUMER_ENV = ['QUEUE_URL', 'DEAD_LETTER_QUEUE_URL', 'RETRY_DURATION', 'MAX_MESSAGE_AGE'] as const;

/** Every bundled handler with its required environment variables. */
export const HANDLER_ENV = {
  'receive-order': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE'],
  'receive-order-change': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE'],
  'receive-order-cancellation': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE', 'ALLOWED_METHODS'],
  'receive-order-event': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE', ...QUEUE_CONSUMER_ENV],
  'validate-order': ['ACCEPTED_COMMANDS', 'SEQUENCE_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV],
  'process-order': ['ORDERS_TABLE_NAME', ...QUEUE_CONSUMER_ENV, 'REJECTED_ORDER_RETENTION', 'PENDING_COMMAND_RETENTION'],
  'change-order': [
    'ORDERS_TABLE_NAME', 'SEQUENCE_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV, 'REJECTED_ORDER_RETENTION',
    'PENDING_COMMAND_RETENTION',
  ],
  'cancel-order': [
    'ORDERS_TABLE_NAME', 'SEQUENCE_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV, 'REJECTED_ORDER_RETENTION',
    'PENDING_COMMAND_RETENTION',
  ],
  'fulfill-order': [
    'ORDERS_TABLE_NAME', 'SEQUENCE_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV, 'REJECTED_ORDER_RETENTION',
    'PENDING_COMMAND_RETENTION',
  ],
  'expire-pending-commands': ['ORDERS_TABLE_NAME', 'REJECTED_ORDER_RETENTION', 'PENDING_COMMAND_RETENTION'],
  'publish-order-changes': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', 'DEAD_LETTER_QUEUE_URL'],
  'query-orders': ['ORDERS_TABLE_NAME', 'TOKEN_KEY', 'ALLOWED_METHODS'],
  'record-order-event': ['HISTORY_TABLE_NAME', ...QUEUE_CONSUMER_ENV],
  'query-order-events': ['HISTORY_TABLE_NAME', 'TOKEN_KEY', 'ALLOWED_METHODS'],
  'validate-file': [
    'FILES_TABLE_NAME', 'VALID_FILES_QUEUE_URL', 'ALERT_TOPIC_ARN', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV,
    'IGNORED_FILE_NAMES', 'IGNORE_EMPTY_FILES', 'ON_INVALID_ORDER', 'MAX_FILE_SIZE', 'MAX_ORDER_SIZE', 'MAX_ORDERS_PER_FILE', 'FILE_HISTORY_RETENTION',
  ],
  'extract-orders': [
    'FILES_TABLE_NAME', 'ORDERS_QUEUE_URL', 'ALERT_TOPIC_ARN', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV,
  ],
  'record-file-outcomes': ['FILES_TABLE_NAME', 'ALERT_TOPIC_ARN', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', 'DEAD_LETTER_QUEUE_URL'],
  'query-files': ['FILES_TABLE_NAME', 'TOKEN_KEY', 'ALLOWED_METHODS'],
  'redrive-dead-letters': ['REDRIVE_ROUTES', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID'],
} as const;

/** Environment variables that are set only when the app enables a feature. A handler has its required and its optional ones and no others. */
export const OPTIONAL_ENV = {
  /** The app's own validation function. */
  'validate-order': ['VALIDATION_HOOK_NAME'],
  /** How CSV files are read. */
  'validate-file': ['CSV_FORMAT'],
  /** Where `OrderRead` is published. */
  'query-orders': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID'],
  'query-order-events': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID'],
  /** How long events are kept, in seconds. Without it they are kept indefinitely. */
  'record-order-event': ['HISTORY_RETENTION'],
} as const;

/** The name of a bundled handler: its source file, its asset folder and, in PascalCase, its construct id. */
export type HandlerName = keyof typeof HANDLER_ENV;

/** The required environment variables of one handler. */
export type HandlerEnv<Name extends HandlerName> = (typeof HANDLER_ENV)[Name][number];

/** The optional environment variables of one handler. */
export type OptionalEnv<Name extends HandlerName> = Name extends keyof typeof OPTIONAL_ENV ? (typeof OPTIONAL_ENV)[Name][number] : never;

/** Any environment variable that any handler reads. */
export type EnvName = HandlerEnv<HandlerName> | OptionalEnv<keyof typeof OPTIONAL_ENV>;

/** Read by Powertools in every handler. */
export const TELEMETRY_ENV = ['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_LOG_LEVEL'] as const;

/** The module name of `handlers/shared` in the Lambda layer. esbuild rewrites `#shared` to it. */
export const LAYER_MODULE = 'order-pipeline-shared';

/** The default EventBridge `source` of the pipeline's events. */
export const DEFAULT_EVENT_SOURCE = 'orders';

/** Version of the schemas of orders, commands and events. A change that breaks readers of the old schema increments it. */
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
  /** Published by another system. */
  ORDER_PLACEMENT_REQUESTED: 'OrderPlacementRequested',
  ORDER_VALIDATED: 'OrderValidated',
  ORDER_REJECTED: 'OrderRejected',
  ORDER_CONFIRMED: 'OrderConfirmed',
  ORDER_CHANGE_REQUESTED: 'OrderChangeRequested',
  ORDER_CHANGED: 'OrderChanged',
  ORDER_CHANGE_REFUSED: 'OrderChangeRefused',
  ORDER_CANCELLATION_REQUESTED: 'OrderCancellationRequested',
  ORDER_CANCELLED: 'OrderCancelled',
  ORDER_CANCELLATION_REFUSED: 'OrderCancellationRefused',
  /** Published by another system. */
  ORDER_FULFILLED: 'OrderFulfilled',
  ORDER_FULFILLMENT_REFUSED: 'OrderFulfillmentRefused',
  /** Published only when reads are audited. */
  ORDER_READ: 'OrderRead',
  /** Messages about the order were redriven from dead-letter queues. */
  ORDER_REDRIVEN: 'OrderRedriven',
} as const;
export type EventType = (typeof EVENT_TYPE)[keyof typeof EVENT_TYPE];

/** The events that hold the whole order. */
export const EVENTS_WITH_ORDER: readonly EventType[] = [
  EVENT_TYPE.ORDER_VALIDATED, EVENT_TYPE.ORDER_CONFIRMED, EVENT_TYPE.ORDER_CHANGED, EVENT_TYPE.ORDER_CANCELLED,
];

/** EventBridge compares numbers up to five billion, so events have the total of their order also as billions and remainder. */
export const BILLION = 1_000_000_000;

/** The outcomes of commands to stored orders, which `publish-order-changes` publishes and counts, with their labels on the dashboard. */
export const COMMAND_OUTCOMES = [
  [EVENT_TYPE.ORDER_CHANGED, 'changed'],
  [EVENT_TYPE.ORDER_CHANGE_REFUSED, 'change refused'],
  [EVENT_TYPE.ORDER_CANCELLED, 'cancelled'],
  [EVENT_TYPE.ORDER_CANCELLATION_REFUSED, 'cancellation refused'],
  [EVENT_TYPE.ORDER_FULFILLMENT_REFUSED, 'fulfillment refused'],
] as const;

/** The dashboard graph of these outcomes. */
export const COMMAND_OUTCOMES_GRAPH = 'Changes, cancellations and fulfillments by outcome';

/** `detail-type` of every event about a file. */
export const FILE_EVENT_TYPE = {
  ORDER_FILE_ACCEPTED: 'OrderFileAccepted',
  ORDER_FILE_REJECTED: 'OrderFileRejected',
  ORDER_FILE_COMPLETED: 'OrderFileCompleted',
  ORDER_FILE_PROCESSED: 'OrderFileProcessed',
} as const;
export type FileEventType = (typeof FILE_EVENT_TYPE)[keyof typeof FILE_EVENT_TYPE];

/** What became of an order of a file that was sent to the orders queue. */
export const FILE_ORDER_OUTCOME = {
  CONFIRMED: 'CONFIRMED',
  /** The same order was stored already. */
  UNCHANGED: 'UNCHANGED',
  REJECTED: 'REJECTED',
} as const;
export type FileOrderOutcome = (typeof FILE_ORDER_OUTCOME)[keyof typeof FILE_ORDER_OUTCOME];

/** The attribute of an order's item with the outcome of a command from a file. It is in the item until the next write. */
export const FILE_OUTCOME_ATTRIBUTE = 'fileOutcome';

/** `data.code` of an `OrderRejected` event: why the order was rejected. */
export const REJECTION_CODE = {
  /** The order violates its schema or a business rule. `data.errors` lists every violation. */
  INVALID_ORDER: 'INVALID_ORDER',
  /** Another order with different content already has this id. The stored order is unchanged. */
  DUPLICATE_ORDER_ID: 'DUPLICATE_ORDER_ID',
  /** The app's validation hook did not accept the order. `data.errors` has the hook's errors. */
  REJECTED_BY_HOOK: 'REJECTED_BY_HOOK',
  /** An earlier command of the same order did not arrive in time. */
  EXPIRED: 'EXPIRED',
} as const;
export type RejectionCode = (typeof REJECTION_CODE)[keyof typeof REJECTION_CODE];

/** `data.code` of an `Order…Refused` event: why the command had no effect. */
export const REFUSAL_CODE = {
  /** The command violates its schema, or the changed order would violate a rule. `data.errors` lists every violation. */
  INVALID_COMMAND: 'INVALID_COMMAND',
  /** The sender is not permitted to send this command. */
  NOT_ALLOWED: 'NOT_ALLOWED',
  ORDER_CANCELLED: 'ORDER_CANCELLED',
  ORDER_FULFILLED: 'ORDER_FULFILLED',
  ORDER_REJECTED: 'ORDER_REJECTED',
  /** The order's version differs from the version that the command expects. */
  VERSION_MISMATCH: 'VERSION_MISMATCH',
  /** The order of the command did not arrive in time. */
  ORDER_NOT_FOUND: 'ORDER_NOT_FOUND',
  /** The order already has the maximum number of pending commands. */
  TOO_MANY_PENDING: 'TOO_MANY_PENDING',
  /** An earlier command of the same order did not arrive in time. */
  EXPIRED: 'EXPIRED',
} as const;
export type RefusalCode = (typeof REFUSAL_CODE)[keyof typeof REFUSAL_CODE];

/** The codes that validation gives. Validated orders can still be rejected with the others. */
export const VALIDATION_CODES = [REJECTION_CODE.INVALID_ORDER, REJECTION_CODE.REJECTED_BY_HOOK] as const;

/** The outcomes of messages that handlers send to a dead-letter queue, which are counted at once. */
export const DEAD_LETTERED_OUTCOMES = ['PoisonMessage', 'RetriesExhausted'] as const;

/** The metric dimension of the code of rejections and refusals, in addition to Powertools' `service`. */
export const OUTCOME_CODE_DIMENSION = 'code';

/** Partition key of the orders table. */
export const ORDER_KEY = 'orderId';

/**
 * Indexes of the orders table: orders by customer and by status, newest last. Shards of the key prevent a hot partition for each customer and
 * status: DynamoDB cannot split a partition whose sort key grows with time, and a throttled index throttles the table.
 */
export const ORDERS_BY_CUSTOMER = { indexName: 'byCustomer', partitionKey: 'customerShard', sortKey: 'listKey' } as const;
export const ORDERS_BY_STATUS = { indexName: 'byStatus', partitionKey: 'statusShard', sortKey: 'listKey' } as const;

/** Index of the orders table: orders by their number in another system. Only orders that have one are in it. */
export const ORDERS_BY_EXTERNAL_REFERENCE = { indexName: 'byExternalReference', partitionKey: 'externalReference', sortKey: 'listKey' } as const;

/** Index of the orders table: orders with pending commands, by the time at which the first of them expires. */
export const ORDERS_BY_PENDING_UNTIL = { indexName: 'byPendingUntil', partitionKey: 'pendingShard', sortKey: 'pendingUntil' } as const;

/** Number of shards of an index key that many orders share. */
export const INDEX_SHARDS = 8;

/** The attributes of an order in a list. */
export const ORDER_SUMMARY = [
  'status', 'version', 'customerId', 'currency', 'total', 'placedAt', 'externalReference', 'salesChannel', 'tags', 'createdAt', 'updatedAt',
] as const;

/** The attribute that hides a rejected order from clients after a time, in Unix seconds. */
export const VISIBLE_UNTIL_ATTRIBUTE = 'visibleUntil';

/** Keys of the sequence table, which assigns a sequence number to every command of an order. */
export const SEQUENCE_KEYS = { partitionKey: 'orderId', sortKey: 'sequence' } as const;

/** Keys of the history table, and its local index of an order's events: by time, sequence number and version. It contains keys only. */
export const HISTORY_KEYS = { partitionKey: 'orderId', sortKey: 'eventId' } as const;
export const HISTORY_BY_TIME = { indexName: 'byTime', sortKey: 'listKey' } as const;

/** The time-to-live attribute of every table. */
export const EXPIRY_ATTRIBUTE = 'expiresAt';

/** Keys of the files table: a file has one item for itself, and others for the outcomes of its orders. */
export const FILE_KEYS = { partitionKey: 'fileId', sortKey: 'part' } as const;

/** The sort key of a file's own item. */
export const FILE_PART = 'FILE';

/** Index of the files table: files by state, newest last. Only the items of the files themselves have its keys. */
export const FILES_BY_STATE = { indexName: 'byState', partitionKey: 'state', sortKey: 'receivedAt' } as const;

/** The route of the orders of a file, by which its handler distinguishes it from that of the file. */
export const FILE_ORDERS_PATH = '/files/{fileId}/orders';

/** Key prefixes in the bucket: order files and their reports. */
export const INCOMING_PREFIX = 'incoming/';
export const REPORTS_PREFIX = 'reports/';

/** The names of objects that are not order files, unless the app lists others. */
export const DEFAULT_IGNORED_FILE_NAMES: readonly string[] = ['_SUCCESS'];

/** The types of the columns of CSV files. */
export const CSV_COLUMN_TYPE = {
  /** Text that identifies the order; consecutive rows with the same one are one order. */
  ORDER_ID: 'orderId',
  TEXT: 'text',
  NUMBER: 'number',
  /** A decimal amount in units of the currency, such as 18.90, which becomes an integer of minor units. */
  MINOR_UNITS: 'minorUnits',
  BOOL: 'bool',
  IGNORED: 'ignored',
} as const;
export type CsvColumnType = (typeof CSV_COLUMN_TYPE)[keyof typeof CSV_COLUMN_TYPE];

/**
 * A column of CSV files: its name in the header, its type, the JSON Pointer of its field in the order, whether a file may lack it, and the
 * number of decimals of minor units. The step `-` of a pointer stands for a new line item.
 */
export type CsvColumnFormat = readonly [name: string, type: CsvColumnType, pointer: string, isOptional: boolean, decimals: number];

/** How CSV files are read, in `CSV_FORMAT` as JSON. */
export interface CsvFormat {
  readonly columns: readonly CsvColumnFormat[];
  /** Without it, the header determines one of `CSV_DELIMITERS`. */
  readonly delimiter?: string;
  readonly decimalSeparator: string;
}

/** The delimiters that a header can determine. */
export const CSV_DELIMITERS: readonly string[] = [',', ';', '\t'];

/** How a file with an invalid order is handled. */
export const INVALID_ORDER_POLICY = {
  /** None of its orders are sent. */
  REJECT_FILE: 'REJECT_FILE',
  /** The valid orders are sent. */
  SKIP_ORDER: 'SKIP_ORDER',
} as const;

/** The module name of the order model in the Lambda layer. esbuild rewrites `#order-model` to it. */
export const ORDER_MODEL_MODULE = 'order-pipeline-model';

/** The facts of an order that a model may have: what the pipeline itself uses of an order. Everything else is in the document. */
export const OPTIONAL_FACTS = ['customerId', 'currency', 'total', 'placedAt', 'externalReference', 'salesChannel', 'tags'] as const;
export type OptionalFact = (typeof OPTIONAL_FACTS)[number];

/** What handlers know of an order model, in addition to its compiled schema. */
export interface OrderModelDescription {
  /** Whether the rules of the standard model apply: totals, and `null` for an absent field. */
  readonly isStandard: boolean;
  /** JSON Pointers to the facts in the document. */
  readonly facts: { readonly orderId: string } & { readonly [Fact in OptionalFact]?: string };
  /** JSON Pointers to what a change may touch. */
  readonly changeable: readonly string[];
  /** The top-level fields that every order has. */
  readonly required: readonly string[];
}
