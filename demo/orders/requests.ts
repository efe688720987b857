import type { OrderRequest } from './scenario';
import type { ApiResponse, OrdersApi } from '../../test/support/orders-api';
import { postWithRetries } from '../../test/support/post-with-retries';

/** An order request and the response of the API. */
export interface SentOrder<R extends OrderRequest = OrderRequest> {
  readonly request: R;
  readonly correlationId: string;
  readonly status: number;
  readonly orderId?: string;
  /** Paths and codes of the validation errors, when the request was not accepted. */
  readonly problem?: string;
}

/** Sends requests concurrently, each with a correlation ID that consists of the prefix and a number. */
export const sendOrders = <R extends OrderRequest>(
  api: OrdersApi, requests: readonly R[], prefix: string, firstNumber: number,
): Promise<SentOrder<R>[]> => Promise.all(requests.map((request, index) => sendOrder(api, request, `${prefix}-${firstNumber + index}`)));

async function sendOrder<R extends OrderRequest>(api: OrdersApi, request: R, correlationId: string): Promise<SentOrder<R>> {
  const key = request.idempotencyKey ? { 'Idempotency-Key': request.idempotencyKey } : undefined;
  const { status, body } = await postWithRetries(api, request.order, { 'X-Correlation-Id': correlationId, ...key });
  return { request, correlationId, status, orderId: body.orderId, problem: status === 202 ? undefined : formatErrors(body) || body.detail };
}

/** The validation errors of a problem response: `/currency INVALID_FORMAT, …`. */
export const formatErrors = ({ errors = [] }: ApiResponse['body']): string =>
  errors.map(({ path, code }: { path: string; code: string }) => `${path || '/'} ${code}`).join(', ');

/** Whether the API accepted a request: from then on, the pipeline must not lose it. */
export const isAccepted = ({ status }: SentOrder): boolean => status === 202;

/** The outcome of a request that the API did not accept. */
export const errorOutcome = (status: number): 'invalid' | 'failed' => (status < 500 ? 'invalid' : 'failed');
