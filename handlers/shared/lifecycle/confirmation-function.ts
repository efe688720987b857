import * as z from 'zod/mini';
import { EVENT_TYPE, CONFIRMATION_DECISION } from '../../../src/private/contract';
import { reasonSchema } from '../commands/decide-confirmation';
import { factsSchema, metadataSchema } from '../events/event';
import { parseResponse } from '../json/parse-response';
import { RetryableError } from '../messaging/errors';
import { parseMessage } from '../messaging/parse-message';
import type { OrderDocument } from '../orders/order-document';
import type { OrderFacts } from '../orders/order-facts';
import { tenantField, type OrderIdentity } from '../orders/order-identity';

/** A pending order as the app's function gets it. The facts of the order are among its fields. */
export interface PendingOrder extends OrderIdentity, OrderFacts {
  /** Identifies what is to be decided. A repeated request has the same one. */
  readonly decisionId: string;
  readonly decideBy: string;
  readonly version: number;
  readonly correlationId: string;
  readonly order: OrderDocument;
}

/** The payload of the app's function. */
export interface ConfirmationRequest {
  readonly orders: readonly PendingOrder[];
}

const pendingOrderSchema = z.object({
  'detail-type': z.enum([EVENT_TYPE.ORDER_PENDING, EVENT_TYPE.ORDER_CHANGED]),
  'detail': z.object({
    metadata: metadataSchema,
    facts: z.optional(factsSchema),
    data: z.object({
      order: z.record(z.string(), z.unknown()),
      confirmation: z.object({ decisionId: z.string(), decideBy: z.string() }),
    }),
  }),
});

/**
 * Reads the event of an order that is pending, or was changed while it is.
 *
 * @throws PoisonMessage when the body is not such an event.
 */
export function readPendingOrder(body: string): PendingOrder {
  const { detail: { metadata: { orderId, tenant, version, correlationId }, facts, data } } = parseMessage(body, pendingOrderSchema);
  return { ...facts, orderId, ...tenantField({ tenant }), ...data.confirmation, version, correlationId, order: data.order };
}

/** The answer for one order. `LATER`: another system, or the function itself, publishes `OrderConfirmationDecided`. */
const answerSchema = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal(CONFIRMATION_DECISION.CONFIRM) }),
  z.object({ decision: z.literal(CONFIRMATION_DECISION.REJECT), reasons: z.array(reasonSchema).check(z.minLength(1), z.maxLength(20)) }),
  z.object({ decision: z.literal('LATER') }),
]);
export type ConfirmationAnswer = z.infer<typeof answerSchema>;

/** The response: an answer for every order, in the order of the request. */
const responseSchema = z.object({ results: z.array(answerSchema) });

/**
 * Parses the response of the app's function.
 *
 * @throws RetryableError when it is not a valid response: the function is called again.
 */
export function readConfirmationResponse(response: Uint8Array, count: number): readonly ConfirmationAnswer[] {
  const parsed = responseSchema.safeParse(parseResponse(response));
  if (parsed.success && parsed.data.results.length === count) return parsed.data.results;
  throw new RetryableError(
    'ConfirmationAnswer',
    `the function must answer { results } with one of { decision: CONFIRM }, { decision: REJECT, reasons } or { decision: LATER } for each of ${count} orders`,
  );
}
