import type { Outcome, Request } from './scenario';
import type { OrdersApi } from '../test/support/orders-api';
import { postPatiently } from '../test/support/post-patiently';

/** A request that was answered. */
export interface Answered<R extends Request = Request> {
  readonly request: R;
  /** The id that follows the request through the whole pipeline. */
  readonly correlationId: string;
  readonly status: number;
  readonly orderId?: string;
  /** Codes and paths of what was wrong, when it was refused. */
  readonly problem?: string;
}

/** Sends requests at once, each with a correlation id of its own: a name for all and a number. */
export const sendAll = <R extends Request>(api: OrdersApi, requests: readonly R[], name: string, firstNumber: number): Promise<Answered<R>[]> =>
  Promise.all(requests.map((request, index) => send(api, request, `${name}-${firstNumber + index}`)));

async function send<R extends Request>(api: OrdersApi, request: R, correlationId: string): Promise<Answered<R>> {
  const key = request.idempotencyKey ? { 'Idempotency-Key': request.idempotencyKey } : undefined;
  const { status, body } = await postPatiently(api, request.order, { 'X-Correlation-Id': correlationId, ...key });
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
export interface Settled<R extends Request = Request> extends Answered<R> {
  readonly outcome?: Outcome;
  readonly reason?: string;
}
