import type { HandlerEnv, HandlerName } from '../../src/private/contract';

/** What the constructs would set. A handler reads it when it is loaded, so a test imports this file before the handler. */
const ENV: Record<HandlerEnv<HandlerName>, string> = {
  ORDERS_QUEUE_URL: 'https://sqs.test/orders.fifo',
  MAX_ORDER_SIZE: String(128 * 1024),
  EVENT_BUS_NAME: 'orders-bus',
  EVENT_SOURCE: 'shop.orders',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.test/dead-letters',
  ORDERS_TABLE_NAME: 'orders-table',
  REJECTED_ORDER_RETENTION: '3600',
  PENDING_COMMAND_RETENTION: '1800',
  SEQUENCE_TABLE_NAME: 'sequence-table',
  ACCEPTED_COMMANDS: 'PlaceOrder,ChangeOrder,CancelOrder',
  TOKEN_KEY: 'token-key-1',
  HISTORY_TABLE_NAME: 'history-table',
  FILES_QUEUE_URL: 'https://sqs.test/files',
  FILES_TABLE_NAME: 'files-table',
  VALID_FILES_QUEUE_URL: 'https://sqs.test/valid-files',
  ALERT_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  ON_INVALID_ORDER: 'SKIP_ORDER',
  MAX_FILE_SIZE: String(1024 ** 3),
  // As many as a test needs: each check of a file makes an index of so many ids, which would be 24 MB for the million that is the default.
  MAX_ORDERS_PER_FILE: '100000',
  REDRIVE_ROUTES: '{"routes":[]}',
  FILE_HISTORY_RETENTION: '7200',
};

Object.assign(process.env, ENV, {
  AWS_REGION: 'eu-central-1',
  POWERTOOLS_SERVICE_NAME: 'orders',
  POWERTOOLS_METRICS_NAMESPACE: 'OrderPipeline',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  // Powertools then logs to the console that `captured-logs` listens to, and still counts.
  POWERTOOLS_DEV: 'true',
  POWERTOOLS_METRICS_DISABLED: 'false',
});
