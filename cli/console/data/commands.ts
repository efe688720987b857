import { randomUUID } from 'node:crypto';
import { correlationIdOf } from './operator';
import { assertTenantGiven } from './orders';
import { Problem } from '../../../handlers/shared/http/problem';
import { isObject } from '../../../handlers/shared/json/is-object';
import { stepsOf, valueAt } from '../../../handlers/shared/json/value-at';
import { ORDER_ID_PATTERN } from '../../../handlers/shared/orders/ids';
import { EVENT_TYPE } from '../../../src/private/contract';
import { ordersClient, type ApiRequest, type ApiResponse } from '../../try/orders-client';
import { mergeHeaders } from '../../try/request-header';
import type { CommandResult } from '../console-api';
import type { ConsoleContext } from '../console-context';
import type { OrderCommandRequest } from '../console-data';

/**
 * Sends a command to the pipeline: over its API, whose answer has all errors of an order, or as an event on its bus where the console has no credentials
 * for the API, and in a pipeline with tenants.
 *
 * @throws Problem 400 for a command that cannot be sent.
 */
export async function sendCommand(request: OrderCommandRequest, context: ConsoleContext): Promise<CommandResult> {
  assertTenantGiven(request.tenant, context);
  assertBody(request);
  const correlationId = correlationIdOf(context.operator);
  const { api } = context;
  // The API key of the stack is one of the first tenant. Operators give their own credentials.
  const usesApi = api !== undefined && api.headers.length > 0 && (request.tenant === undefined || api.apiKeyId === undefined);
  return usesApi ? sendToApi(request, correlationId, context) : publishRequest(request, correlationId, context);
}

function assertBody(request: OrderCommandRequest): void {
  const body = request.command === 'place' ? request.order : request.command === 'change' ? request.change : request.cancellation;
  if (!isObject(body)) throw new Problem(400, 'not-an-object', 'the body must be a JSON object');
  if (request.command !== 'place' && !ORDER_ID_PATTERN.test(request.orderId)) throw new Problem(400, 'invalid-order-id', 'the order ID must have 1 to 64 of A-Z a-z 0-9 _ -');
}

async function sendToApi(request: OrderCommandRequest, correlationId: string, { api, fetch, pipeline }: ConsoleContext): Promise<CommandResult> {
  const { url, headers } = api!;
  const { contentType, path, ...rest } = apiRequest(request);
  const tenant = request.tenant === undefined ? '' : `?tenant=${encodeURIComponent(request.tenant)}`;
  const own = [{ name: 'Content-Type', value: contentType }, { name: 'X-Correlation-Id', value: correlationId }];
  // An order without an ID gets one of its key.
  const needsKey = request.command === 'place' && orderIdIn(request.order, pipeline) === undefined;
  const key = needsKey ? [{ name: 'Idempotency-Key', value: `console-${randomUUID()}` }] : [];
  const response = await ordersClient(url, fetch)({ ...rest, path: `${path}${tenant}`, headers: mergeHeaders(...own, ...key, ...headers) });
  return toResult(response, correlationId);
}

type Sent = Pick<ApiRequest, 'method' | 'path' | 'body'> & { readonly contentType: string };

function apiRequest(request: OrderCommandRequest): Sent {
  if (request.command === 'place') return { method: 'POST', path: '/orders', body: JSON.stringify(request.order), contentType: 'application/json' };
  const path = `/orders/${encodeURIComponent(request.orderId)}`;
  return request.command === 'change'
    ? { method: 'PATCH', path, body: JSON.stringify(request.change), contentType: 'application/merge-patch+json' }
    : { method: 'POST', path: `${path}/cancellation`, body: JSON.stringify(request.cancellation), contentType: 'application/json' };
}

function toResult({ status, statusText, body }: ApiResponse, correlationId: string): CommandResult {
  const { orderId, detail, title, errors } = body;
  if (status < 300) return { status, orderId, correlationId };
  return {
    status,
    correlationId,
    problem: {
      status,
      title: String(detail ?? body.message ?? title ?? statusText),
      ...(Array.isArray(errors) ? { errors: errors.map(({ path, message }) => ({ path: String(path), message: String(message) })) } : {}),
    },
  };
}

/** Other systems publish the same events. */
async function publishRequest(request: OrderCommandRequest, correlationId: string, context: ConsoleContext): Promise<CommandResult> {
  const { pipeline: { bus, eventSource, id, resources }, aws } = context;
  if (bus === undefined || eventSource === undefined) throw new Problem(409, 'no-bus', 'the name of the bus is not in the template: give credentials for the API with --header');
  const part = request.command === 'place' ? 'BusIngest' : 'Lifecycle';
  if (!resources.some((resource) => resource.part === part)) throw new Problem(409, 'not-enabled', `the pipeline does not accept this over its bus: it has no part ${part}; give credentials for the API with --header`);
  const { type, orderId, data } = eventOf(request, context);
  const tenant = request.tenant === undefined ? {} : { tenant: request.tenant };
  const metadata = { orderId, ...tenant, eventId: `console-${randomUUID()}`, eventType: type, correlationId, pipeline: id };
  await aws.publish(bus, { source: eventSource, type, detail: { metadata, data } });
  return { status: 202, orderId, correlationId };
}

/** The ID that an order has. */
function orderIdIn(order: unknown, { model }: ConsoleContext['pipeline']): string | undefined {
  const given = valueAt(order, ...stepsOf(model?.orderId ?? '/orderId'));
  return given === undefined || given === null ? undefined : String(given);
}

interface RequestEvent {
  readonly type: string;
  readonly orderId: string;
  readonly data: object;
}

function eventOf(request: OrderCommandRequest, { pipeline }: ConsoleContext): RequestEvent {
  if (request.command === 'change') return { type: EVENT_TYPE.ORDER_CHANGE_REQUESTED, orderId: request.orderId, data: { patch: request.change } };
  if (request.command === 'cancel') return { type: EVENT_TYPE.ORDER_CANCELLATION_REQUESTED, orderId: request.orderId, data: request.cancellation as object };
  const orderId = orderIdIn(request.order, pipeline) ?? randomUUID().replaceAll('-', '');
  if (!ORDER_ID_PATTERN.test(orderId)) throw new Problem(400, 'invalid-order-id', 'the order ID must have 1 to 64 of A-Z a-z 0-9 _ -');
  return { type: EVENT_TYPE.ORDER_PLACEMENT_REQUESTED, orderId, data: { order: request.order } };
}
