import type { Outcome, Request } from './scenario';
import type { OrdersApi } from '../test/support/orders-api';

/** A request that was answered. */
export interface Answered {
  readonly request: Request;
  /** The id that follows the request through the whole pipeline. */
  readonly correlationId: string;
  readonly status: number;
  readonly orderId?: string;
  /** Codes and paths of what was wrong, when it was refused. */
  readonly problem?: string;
}

/** Sends requests at once, each with a correlation id of its own. */
export const sendAll = (api: OrdersApi, requests: readonly Request[], firstNumber: number): Promise<Answered[]> =>
  Promise.all(requests.map((request, index) => send(api, request, `demo-${firstNumber + index}`)));

async function send(api: OrdersApi, request: Request, correlationId: string): Promise<Answered> {
  const key = request.idempotencyKey ? { 'Idempotency-Key': request.idempotencyKey } : undefined;
  const { status, body } = await api.post(request.order, { 'X-Correlation-Id': correlationId, ...key });
  const errors: { path: string; code: string }[] = body.errors ?? [];
  return {
    request,
    correlationId,
    status,
    orderId: body.orderId,
    problem: status === 202 ? undefined : errors.map(({ path, code }) => `${path || '/'} ${code}`).join(', ') || body.detail,
  };
}

/** Whether a request was accepted, which is a promise that it will not be lost. */
export const isAccepted = ({ status }: Answered): boolean => status === 202;

/** A request and what became of it; `undefined` while, or when, nobody knows. */
export interface Settled extends Answered {
  readonly outcome?: Outcome;
  readonly reason?: string;
}
