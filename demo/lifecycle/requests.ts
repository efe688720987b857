import type { LifecycleOutcome, LifecycleRequest } from './scenario';
import type { ApiResponse, OrdersApi } from '../../test/support/orders-api';
import type { DeployedExample } from '../deployed-example';
import { formatErrors } from '../orders/requests';

/** A lifecycle request and its outcome; undefined while it is not known. */
export interface LifecycleResult {
  readonly request: LifecycleRequest;
  readonly correlationId: string;
  /** The HTTP status; undefined for a request over the bus. */
  readonly status?: number;
  readonly outcome?: LifecycleOutcome;
  readonly reason?: string;
}

/** Sends requests concurrently: fulfillments as events over the bus, all others over REST. */
export const sendLifecycleRequests = (
  example: DeployedExample, requests: readonly LifecycleRequest[], firstNumber: number,
): Promise<LifecycleResult[]> => Promise.all(requests.map((request, index) => send(example, request, `lifecycle-${firstNumber + index}`)));

async function send({ api, bus }: DeployedExample, request: LifecycleRequest, correlationId: string): Promise<LifecycleResult> {
  const { orderId, fulfillment } = request;
  if (fulfillment) {
    await bus.publish('OrderFulfilled', { orderId, eventId: `warehouse-${orderId}`, correlationId }, { carrier: 'by bike' });
    return { request, correlationId };
  }
  const { status, body } = await call(api, request, correlationId);
  return { request, correlationId, status, reason: formatErrors(body) };
}

function call(api: OrdersApi, { orderId, patch, cancellation, order, ifMatch }: LifecycleRequest, correlationId: string): Promise<ApiResponse> {
  const headers = { 'X-Correlation-Id': correlationId, ...(ifMatch ? { 'If-Match': ifMatch } : {}) };
  if (patch) return api.patch(orderId, patch, headers);
  return cancellation ? api.cancel(orderId, cancellation, headers) : api.post(order, headers);
}
