import * as z from 'zod/mini';
import { REASON_FIELDS } from '../commands/reason';
import { listErrors, type FieldError } from '../json/field-error';
import { parseResponse } from '../json/parse-response';
import { RetryableError } from '../messaging/errors';
import type { OrderDocument } from '../orders/order-document';
import type { OrderFacts } from '../orders/order-facts';
import { tenantField, type OrderIdentity } from '../orders/order-identity';

/** An order as the hook gets it: its ID, tenant and facts, and the document that was sent. */
export interface HookOrder extends OrderIdentity, OrderFacts {
  readonly order: OrderDocument;
}

/** The payload of the app's validation hook: orders that passed the built-in validation. */
export interface HookRequest {
  readonly orders: readonly HookOrder[];
}

/** Makes the order for the hook from the validation of its placement. */
export const hookOrder = (
  { orderId, tenant }: OrderIdentity, { facts, data }: { readonly facts?: OrderFacts; readonly data: { readonly order: OrderDocument } },
): HookOrder => ({ orderId, ...tenantField({ tenant }), ...facts, order: data.order });

const errorSchema = z.object(REASON_FIELDS);

/** The response: a result for every order, in the order of the request. */
const responseSchema = z.object({
  results: z.array(z.union([
    z.object({ accepted: z.literal(true) }),
    z.object({ accepted: z.literal(false), errors: z.array(errorSchema).check(z.minLength(1)) }),
  ])),
});

/** Why the hook rejected an order; empty if it accepted the order. */
export type HookResult = readonly FieldError[];

/** The most errors of one order that are published. */
const MAX_HOOK_ERRORS = 20;

/**
 * Parses the response of a validation hook.
 *
 * @throws RetryableError when it is not a valid response: the orders are validated again.
 */
export function readHookResponse(response: Uint8Array, count: number): HookResult[] {
  const parsed = responseSchema.safeParse(parseResponse(response));
  if (!parsed.success || parsed.data.results.length !== count) {
    throw new RetryableError('ValidationHookAnswer', `the validation hook must answer { results } with one of { accepted: true } or { accepted: false, errors } for each of ${count} orders`);
  }
  return parsed.data.results.map((result) =>
    (result.accepted ? [] : listErrors(result.errors.map(({ path = '', code, message }) => ({ path, code, message })), MAX_HOOK_ERRORS)));
}
