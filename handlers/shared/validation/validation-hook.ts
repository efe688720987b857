import * as z from 'zod/mini';
import { listErrors, type FieldError } from '../json/field-error';
import { RetryableError } from '../messaging/errors';
import type { PricedOrder } from '../orders/order';

/** The payload of the app's validation hook: orders that passed the built-in validation. */
export interface HookRequest {
  readonly orders: readonly PricedOrder[];
}

/** Limits keep a rejection within the size of an event. */
const errorSchema = z.object({
  path: z.optional(z.string().check(z.maxLength(256))),
  code: z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,63}$/)),
  message: z.string().check(z.minLength(1), z.maxLength(1000)),
});

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
export function readHookResponse(response: string, count: number): HookResult[] {
  const parsed = responseSchema.safeParse(parse(response));
  if (!parsed.success || parsed.data.results.length !== count) {
    throw new RetryableError('ValidationHookAnswer', `the validation hook must answer { results } with one of { accepted: true } or { accepted: false, errors } for each of ${count} orders`);
  }
  return parsed.data.results.map((result) =>
    (result.accepted ? [] : listErrors(result.errors.map(({ path = '', code, message }) => ({ path, code, message })), MAX_HOOK_ERRORS)));
}

function parse(response: string): unknown {
  try {
    return JSON.parse(response);
  } catch {
    return undefined;
  }
}
