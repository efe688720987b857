import * as z from 'zod/mini';
import { listErrors, type FieldError } from '../json/field-error';
import { RetryableError } from '../messaging/retryable-error';
import type { PricedOrder } from '../orders/order';

/** What the app's own validation hook is called with: orders that keep all other rules. */
export interface HookRequest {
  readonly orders: readonly PricedOrder[];
}

/** Bounds that keep a rejection within an event. */
const errorSchema = z.object({
  path: z.optional(z.string().check(z.maxLength(256))),
  code: z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,63}$/)),
  message: z.string().check(z.minLength(1), z.maxLength(1000)),
});

/** What it answers: a verdict for every order, in the order in which they were sent. */
const answerSchema = z.object({
  verdicts: z.array(z.union([
    z.object({ accepted: z.literal(true) }),
    z.object({ accepted: z.literal(false), errors: z.array(errorSchema).check(z.minLength(1)) }),
  ])),
});

/** Why an order was not accepted; none where it was. */
export type HookResult = readonly FieldError[];

/** More would not say more. */
const MAX_HOOK_ERRORS = 20;

/**
 * Reads the answer of a validation hook.
 *
 * @throws RetryableError when it is no such answer: that says nothing about the orders, which are tried again.
 */
export function readHookAnswer(answer: string, count: number): HookResult[] {
  const parsed = answerSchema.safeParse(parse(answer));
  if (!parsed.success || parsed.data.verdicts.length !== count) {
    throw new RetryableError('ValidationHookAnswer', `the validation hook must answer { verdicts } with one of { accepted: true } or { accepted: false, errors } for each of ${count} orders`);
  }
  return parsed.data.verdicts.map((verdict) =>
    (verdict.accepted ? [] : listErrors(verdict.errors.map(({ path = '', code, message }) => ({ path, code, message })), MAX_HOOK_ERRORS)));
}

function parse(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}
