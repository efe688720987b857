import { resolve } from 'node:path';
import { LAYER } from '../../../scripts/handler-options';

/** The environment of handlers that send all requests to one address. */
export const environmentFor = (url: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  NODE_PATH: resolve(LAYER),
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  POWERTOOLS_SERVICE_NAME: 'bench',
  POWERTOOLS_METRICS_NAMESPACE: 'bench',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  ORDERS_QUEUE_URL: `${url}/111122223333/orders.fifo`,
  QUEUE_URL: `${url}/111122223333/queue`,
  DEAD_LETTER_QUEUE_URL: `${url}/111122223333/dead-letters`,
  ORDERS_TABLE_NAME: 'orders',
  SEQUENCE_TABLE_NAME: 'sequence',
  HISTORY_TABLE_NAME: 'history',
  IDEMPOTENCY_TABLE_NAME: 'idempotency',
  EVENT_BUS_NAME: 'bus',
  EVENT_SOURCE: 'orders',
  PIPELINE_ID: 'Bench/Orders',
  ACCEPTED_COMMANDS: 'PlaceOrder',
  MAX_ORDER_SIZE: '131072',
  RETRY_DURATION: '86400',
  MAX_MESSAGE_AGE: '343800',
  REJECTED_ORDER_RETENTION: '2592000',
  PENDING_COMMAND_RETENTION: '86400',
  HISTORY_RETENTION: '34560000',
});
