import type { APIGatewayProxyResult } from 'aws-lambda';
import { orderOfSize } from './sample-order-of-size';
import type { Account } from '../../simulation/account';
import type { Clock } from '../../simulation/clock';
import { runUntilIdle } from '../../simulation/run-until-idle';
import { apiRequest } from '../../support/api-request';
import { s3Notification } from '../../support/file-notification';

/** The entry points of orders that are measured. */
export type MeasuredChannel = 'api' | 'file';

/** The orders that are sent to a pipeline. */
export interface Workload {
  readonly channel: MeasuredChannel;
  readonly orders: number;
  /** Whether all orders arrive at once, so that batches are full, or each of them after the one before it is processed. Those of a file always arrive at once. */
  readonly isBatched: boolean;
  readonly orderBytes: number;
}

const orderIds = ({ orders }: Workload): string[] => Array.from({ length: orders }, (_, index) => `order-${String(index).padStart(6, '0')}`);

/** Sends the orders and waits until they are processed. Returns the bytes that clients receive. */
export async function send(account: Account, clock: Clock, workload: Workload): Promise<number> {
  if (workload.channel === 'file') return upload(account, clock, workload);
  let bytes = 0;
  for (const orderId of orderIds(workload)) {
    account.functions['receive-order'].invoke(request(orderId, workload), ({ value, error }) => { bytes += responseBytes(value as APIGatewayProxyResult | undefined, error); });
    if (!workload.isBatched) await runUntilIdle(clock);
  }
  await runUntilIdle(clock);
  return bytes;
}

const request = (orderId: string, { orderBytes }: Workload) => apiRequest({
  httpMethod: 'POST',
  body: JSON.stringify(orderOfSize(orderId, orderBytes)),
  headers: { 'Content-Type': 'application/json' },
});

/** API Gateway adds about so many bytes of headers. */
const GATEWAY_HEADER_BYTES = 300;

function responseBytes(response: APIGatewayProxyResult | undefined, error?: string): number {
  if (response?.statusCode !== 202) throw new Error(`A measured order was not accepted: ${error ?? `${response?.statusCode} ${response?.body}`}.`);
  const headers = Object.entries(response.headers ?? {}).map(([name, value]) => `${name}: ${String(value)}\r\n`).join('');
  return Buffer.byteLength(response.body) + GATEWAY_HEADER_BYTES + Buffer.byteLength(headers);
}

async function upload({ s3, queues, deployment }: Account, clock: Clock, workload: Workload): Promise<number> {
  const text = orderIds(workload).map((orderId) => JSON.stringify(orderOfSize(orderId, workload.orderBytes))).join('\n');
  const [notification] = deployment.notifications;
  queues[notification.queue].send({ MessageBody: s3Notification(s3.upload(`${notification.prefix}orders.ndjson`, text)) });
  await runUntilIdle(clock);
  return 0;
}
