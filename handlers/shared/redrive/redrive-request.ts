import * as z from 'zod/mini';
import { ORDER_ID_PATTERN } from '../orders/ids';

const seconds = z.optional(z.int().check(z.gte(0)));

const requestSchema = z.strictObject({
  action: z.enum(['list', 'redrive']),
  /** One dead-letter queue only, by its route's name. */
  queue: z.optional(z.string()),
  orderId: z.optional(z.string().check(z.regex(ORDER_ID_PATTERN))),
  /** A part of the reason, in any case. */
  error: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
  /** Age in seconds, since the message was sent. */
  olderThan: seconds,
  newerThan: seconds,
  /** How many messages of each queue at most. */
  limit: z._default(z.int().check(z.gte(1), z.lte(10_000)), 10_000),
  /** Moving takes a plain word: without `dryRun: false` nothing is moved. */
  dryRun: z._default(z.boolean(), true),
  maxPerSecond: z._default(z.int().check(z.gte(1), z.lte(100)), 10),
});

/** What is asked of the handler. */
export type RedriveRequest = z.infer<typeof requestSchema>;

/**
 * Reads what the handler is called with.
 *
 * @throws Error saying everything that is wrong with it: a word that nobody knows may be a filter with a slip in it.
 */
export function readRedriveRequest(event: unknown, names: readonly string[]): RedriveRequest {
  const { success, data, error } = requestSchema.safeParse(event);
  if (!success) throw new Error(`wrong request: ${error.issues.map(describe).join('; ')}`);
  if (data.queue !== undefined && !names.includes(data.queue)) throw new Error(`wrong request: there is no queue "${data.queue}", there are ${names.join(', ')}`);
  return data;
}

const RULES: Record<string, string> = {
  '': 'it must be an object with an action',
  'action': 'action must be "list" or "redrive"',
  'queue': 'queue must be the name of one',
  'orderId': 'orderId must have 1 to 64 letters, digits, - and _',
  'error': 'error must have 1 to 256 characters',
  'olderThan': 'olderThan must be a number of seconds',
  'newerThan': 'newerThan must be a number of seconds',
  'limit': 'limit must be between 1 and 10000',
  'dryRun': 'dryRun must be true or false',
  'maxPerSecond': 'maxPerSecond must be between 1 and 100',
};

const describe = (issue: z.core.$ZodIssue): string =>
  (issue.code === 'unrecognized_keys' ? `there is no ${issue.keys.join(', ')}` : RULES[issue.path.join('/')]);
