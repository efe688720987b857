/** The environment variables of every consumer of a queue. Times are in seconds. */
const QUEUE_CONSUMER_ENV = ['QUEUE_URL', 'DEAD_LETTER_QUEUE_URL', 'RETRY_DURATION', 'MAX_MESSAGE_AGE'] as const;

/** Every bundled handler with its required environment variables. */
export const HANDLER_ENV = {
  'receive-order': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE'],
  'receive-order-change': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE'],
  'receive-order-cancellation': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE', 'ALLOWED_METHODS'],
  'receive-order-event': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE', ...QUEUE_CONSUMER_ENV],
  'receive-source-orders': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE', 'DEAD_LETTER_QUEUE_URL', 'SOURCE_ID'],
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
  'decide-confirmation': [
    'ORDERS_TABLE_NAME', 'SEQUENCE_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV, 'REJECTED_ORDER_RETENTION',
    'PENDING_COMMAND_RETENTION',
  ],
  'request-confirmation': ['CONFIRMATION_FUNCTION_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV],
  'expire-pending-commands': ['ORDERS_TABLE_NAME', 'REJECTED_ORDER_RETENTION', 'PENDING_COMMAND_RETENTION'],
  'publish-order-changes': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', 'DEAD_LETTER_QUEUE_URL'],
  'query-orders': ['ORDERS_TABLE_NAME', 'TOKEN_KEY', 'ALLOWED_METHODS'],
  'record-order-event': ['HISTORY_TABLE_NAME', 'HISTORY_RETENTION', ...QUEUE_CONSUMER_ENV],
  'publish-to-stream': ['EVENT_STREAM_NAME', ...QUEUE_CONSUMER_ENV],
  'query-order-events': ['HISTORY_TABLE_NAME', 'TOKEN_KEY', 'ALLOWED_METHODS'],
  'validate-file': [
    'FILES_TABLE_NAME', 'VALID_FILES_QUEUE_URL', 'ALERT_TOPIC_ARN', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV,
    'IGNORED_FILE_NAMES', 'IGNORE_EMPTY_FILES', 'ON_INVALID_ORDER', 'ON_EXISTING_ORDER', 'MAX_FILE_SIZE', 'MAX_ORDER_SIZE', 'MAX_ORDERS_PER_FILE', 'FILE_HISTORY_RETENTION',
  ],
  'extract-orders': [
    'FILES_TABLE_NAME', 'ORDERS_QUEUE_URL', 'ALERT_TOPIC_ARN', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV,
  ],
  'record-file-outcomes': ['FILES_TABLE_NAME', 'ALERT_TOPIC_ARN', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', 'DEAD_LETTER_QUEUE_URL'],
  'query-files': ['FILES_TABLE_NAME', 'TOKEN_KEY', 'ALLOWED_METHODS'],
  'start-order-workflow': ['STATE_MACHINE_ARN', 'WORKFLOW_NAME', ...QUEUE_CONSUMER_ENV],
  'open-order-task': [
    'TASKS_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', 'SCHEDULE_GROUP_NAME', 'SCHEDULE_ROLE_ARN', 'TASK_QUEUE_ARN', 'TASK_DEAD_LETTER_QUEUE_ARN',
  ],
  'answer-order-task': ['TASKS_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', ...QUEUE_CONSUMER_ENV],
  'receive-order-task-answer': ['TASKS_TABLE_NAME', 'ALLOWED_METHODS'],
  'authorize-live-connection': ['AUTHENTICATION'],
  'receive-live-message': ['LIVE_TABLE_NAME', 'ORDERS_TABLE_NAME', 'CONNECTIONS_URL'],
  'find-live-subscribers': ['LIVE_TABLE_NAME', 'ORDERS_TABLE_NAME', 'LIVE_UPDATES_QUEUE_URL', ...QUEUE_CONSUMER_ENV],
  'send-live-updates': ['LIVE_TABLE_NAME', 'CONNECTIONS_URL', ...QUEUE_CONSUMER_ENV],
  'redrive-dead-letters': ['REDRIVE_ROUTES', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID'],
  'create-webhook-deliveries': [
    'WEBHOOKS_TABLE_NAME', 'DELIVERIES_TABLE_NAME', 'DELIVERY_QUEUE_URL', 'WEBHOOK_SETTINGS', 'WEBHOOK_ENDPOINTS', ...QUEUE_CONSUMER_ENV,
  ],
  'deliver-webhooks': [
    'WEBHOOKS_TABLE_NAME', 'DELIVERIES_TABLE_NAME', 'SIGNING_SECRET_ARN', 'WEBHOOK_SETTINGS', 'WEBHOOK_ENDPOINTS', 'EVENT_BUS_NAME', 'EVENT_SOURCE',
    'PIPELINE_ID', ...QUEUE_CONSUMER_ENV,
  ],
  'manage-webhooks': [
    'WEBHOOKS_TABLE_NAME', 'DELIVERIES_TABLE_NAME', 'DELIVERY_QUEUE_URL', 'SIGNING_SECRET_ARN', 'WEBHOOK_SETTINGS', 'WEBHOOK_ENDPOINTS', 'TOKEN_KEY',
    'ALLOWED_METHODS',
  ],
  'resolve-graphql-query': ['ORDERS_TABLE_NAME', 'TOKEN_KEY'],
  'resolve-graphql-mutation': ['ORDERS_QUEUE_URL', 'MAX_ORDER_SIZE'],
  'notify-graphql-subscribers': ['GRAPHQL_URL', 'GRAPHQL_REGION', ...QUEUE_CONSUMER_ENV],
} as const;

/** Environment variables that are set only when the app enables a feature. A handler has its required and its optional ones and no others. */
export const OPTIONAL_ENV = {
  /** Whose pages may read the responses, and what callers may see. */
  'receive-order': ['CORS_ORIGINS', 'CALLERS'],
  /** The orders table, where a change or cancellation depends on the customer of the order. */
  'receive-order-change': ['CORS_ORIGINS', 'CALLERS', 'ORDERS_TABLE_NAME'],
  'receive-order-cancellation': ['CORS_ORIGINS', 'CALLERS', 'ORDERS_TABLE_NAME'],
  'query-files': ['CORS_ORIGINS', 'CALLERS'],
  'receive-order-task-answer': ['CORS_ORIGINS', 'CALLERS'],
  /** Whether orders belong to tenants, and how orders are confirmed. */
  'receive-order-event': ['HAS_TENANTS'],
  'process-order': ['CONFIRMATION'],
  'change-order': ['HAS_TENANTS', 'CONFIRMATION'],
  'cancel-order': ['HAS_TENANTS', 'CONFIRMATION'],
  'fulfill-order': ['HAS_TENANTS', 'CONFIRMATION'],
  'decide-confirmation': ['HAS_TENANTS', 'CONFIRMATION'],
  'expire-pending-commands': ['CONFIRMATION'],
  'answer-order-task': ['HAS_TENANTS'],
  /** Where a record names its tenant, and the retries of a queue: streams and brokers retry themselves. */
  'receive-source-orders': ['SOURCE_TENANT', 'QUEUE_URL', 'RETRY_DURATION', 'MAX_MESSAGE_AGE'],
  /** Whether orders belong to tenants, the app's own validation function, and the history in which published events are recorded. */
  'validate-order': ['HAS_TENANTS', 'VALIDATION_HOOK_NAME', 'HISTORY_TABLE_NAME', 'HISTORY_RETENTION'],
  'publish-order-changes': ['HISTORY_TABLE_NAME', 'HISTORY_RETENTION'],
  /** Whether orders belong to tenants, and how CSV files are read. */
  'validate-file': ['HAS_TENANTS', 'CSV_FORMAT'],
  /** Where `OrderRead` is published, and by what orders are listed, unless it is by all keys. */
  'query-orders': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', 'CORS_ORIGINS', 'CALLERS', 'LIST_KEYS'],
  'query-order-events': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', 'CORS_ORIGINS', 'CALLERS', 'ORDERS_TABLE_NAME'],
  /** What callers may see, the table of files, and where `OrderRead` is published. */
  'receive-live-message': ['CALLERS', 'FILES_TABLE_NAME', 'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID'],
  /** Where `OrderRead` is published, what callers may see, and the tables of optional parts. */
  'resolve-graphql-query': ['EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', 'CALLERS', 'LIST_KEYS', 'HISTORY_TABLE_NAME', 'FILES_TABLE_NAME'],
  /** What callers may see, and the orders table, where a command depends on the customer of the order. */
  'resolve-graphql-mutation': ['CALLERS', 'ORDERS_TABLE_NAME'],
  /** Who is notified of webhooks that are disabled. */
  'deliver-webhooks': ['ALERT_TOPIC_ARN'],
  'manage-webhooks': ['CORS_ORIGINS', 'CALLERS'],
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

/** The module name of the order model in the Lambda layer. esbuild rewrites `#order-model` to it. */
export const ORDER_MODEL_MODULE = 'order-pipeline-model';

/** The handlers that need the order model, which is in a Lambda layer. */
export const ORDER_MODEL_HANDLERS: readonly HandlerName[] = [
  'cancel-order', 'change-order', 'decide-confirmation', 'expire-pending-commands', 'extract-orders', 'fulfill-order', 'notify-graphql-subscribers',
  'process-order', 'query-orders', 'receive-live-message', 'receive-order', 'receive-order-cancellation', 'receive-order-change',
  'receive-order-event', 'receive-source-orders', 'resolve-graphql-mutation', 'resolve-graphql-query', 'validate-file', 'validate-order',
];

/** The file of `validate-order` for a pipeline without a validation hook, in the bundle beside `index.js`. */
export const WITHOUT_HOOK = 'without-hook';
