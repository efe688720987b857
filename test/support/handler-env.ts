import type { HandlerEnv, HandlerName } from '../../src/private/contract';

/** The environment variables that the constructs set. Handlers read them when they are loaded, so tests import this file before the handler. */
const ENV: Record<HandlerEnv<HandlerName>, string> = {
  ORDERS_QUEUE_URL: 'https://sqs.test/orders.fifo',
  MAX_ORDER_SIZE: String(128 * 1024),
  EVENT_BUS_NAME: 'orders-bus',
  EVENT_SOURCE: 'shop.orders',
  PIPELINE_ID: 'Shop/Orders',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.test/dead-letters',
  ORDERS_TABLE_NAME: 'orders-table',
  REJECTED_ORDER_RETENTION: '3600',
  PENDING_COMMAND_RETENTION: '1800',
  SEQUENCE_TABLE_NAME: 'sequence-table',
  ACCEPTED_COMMANDS: 'PlaceOrder,ChangeOrder,CancelOrder',
  TOKEN_KEY: 'token-key-1',
  ALLOWED_METHODS: '{"/orders":"GET, HEAD, POST"}',
  HISTORY_TABLE_NAME: 'history-table',
  QUEUE_URL: 'https://sqs.test/files',
  RETRY_DURATION: '86400',
  MAX_MESSAGE_AGE: '343800',
  FILES_TABLE_NAME: 'files-table',
  VALID_FILES_QUEUE_URL: 'https://sqs.test/valid-files',
  ALERT_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  IGNORED_FILE_NAMES: '["_SUCCESS"]',
  IGNORE_EMPTY_FILES: 'false',
  ON_INVALID_ORDER: 'SKIP_ORDER',
  ON_EXISTING_ORDER: 'REJECT',
  MAX_FILE_SIZE: String(1024 ** 3),
  // Less than the default of one million: each file check allocates an index of this many order IDs, 24 MB for the default.
  MAX_ORDERS_PER_FILE: '100000',
  STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:123456789012:stateMachine:fulfillment',
  WORKFLOW_NAME: 'Fulfillment',
  TASKS_TABLE_NAME: 'tasks-table',
  SCHEDULE_GROUP_NAME: 'reminders',
  SCHEDULE_ROLE_ARN: 'arn:aws:iam::123456789012:role/reminders',
  TASK_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:123456789012:tasks',
  TASK_DEAD_LETTER_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:123456789012:tasks-dead-letters',
  REDRIVE_ROUTES: '{"routes":[]}',
  FILE_HISTORY_RETENTION: '7200',
  CONFIRMATION_FUNCTION_NAME: 'payments',
  EVENT_STREAM_NAME: 'event-stream',
};

Object.assign(process.env, ENV, {
  AWS_REGION: 'eu-central-1',
  POWERTOOLS_SERVICE_NAME: 'orders',
  POWERTOOLS_METRICS_NAMESPACE: 'OrderPipeline',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  // Makes Powertools log to the console, which `captured-logs` mocks. Metrics stay enabled.
  POWERTOOLS_DEV: 'true',
  POWERTOOLS_METRICS_DISABLED: 'false',
});
