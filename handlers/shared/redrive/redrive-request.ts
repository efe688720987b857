import * as z from 'zod/mini';
import { DEFAULT_PER_SECOND, MAX_MESSAGE_IDS, MAX_PER_QUEUE, MAX_PER_SECOND } from './redrive-limits';
import { TENANT_PATTERN } from '../../../src/private/contract';
import { ORDER_ID_PATTERN } from '../orders/ids';

const seconds = z.optional(z.int().check(z.gte(0)));

/** The IDs that SQS assigns are shorter. */
const id = z.string().check(z.minLength(1), z.maxLength(128));

const requestSchema = z.strictObject({
  action: z.enum(['count', 'list', 'redrive']),
  /** The name of the only queue to process. */
  queue: z.optional(z.string()),
  /** The IDs of the only messages to process. They need a queue. */
  messageIds: z.optional(z.array(id).check(z.minLength(1), z.maxLength(MAX_MESSAGE_IDS))),
  orderId: z.optional(z.string().check(z.regex(ORDER_ID_PATTERN))),
  tenant: z.optional(z.string().check(z.regex(TENANT_PATTERN))),
  /** A part of the reason; case-insensitive. */
  error: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
  /** Seconds since the message was sent. */
  olderThan: seconds,
  newerThan: seconds,
  /** The maximum number of messages per queue. */
  limit: z.optional(z.int().check(z.gte(1), z.lte(MAX_PER_QUEUE))),
  /** Messages are moved only with `dryRun: false`. */
  dryRun: z._default(z.boolean(), true),
  maxPerSecond: z._default(z.int().check(z.gte(1), z.lte(MAX_PER_SECOND)), DEFAULT_PER_SECOND),
  /** Unix time in milliseconds at which the command started that this request is a part of. Messages that were sent later are not moved. */
  startedAt: z.optional(z.int().check(z.gte(0))),
  /** The seconds after which the invocation stops, if its timeout is not earlier. */
  maxSeconds: z.optional(z.int().check(z.gte(1), z.lte(900))),
  /** Who requests it, as the history of the orders shows it. */
  requestedBy: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
});

/** The request to the handler. */
export type RedriveRequest = z.infer<typeof requestSchema>;

/**
 * Parses the handler's request.
 *
 * @throws Error with all errors in the request. Unknown fields are errors too, because one may be a misspelled filter.
 */
export function readRedriveRequest(event: unknown, names: readonly string[]): RedriveRequest {
  const { success, data, error } = requestSchema.safeParse(event);
  if (!success) throw new Error(`invalid request: ${error.issues.map(messageOf).join('; ')}`);
  if (data.queue !== undefined && !names.includes(data.queue)) throw new Error(`invalid request: unknown queue "${data.queue}"; use one of ${names.join(', ')}`);
  if (data.messageIds && data.queue === undefined) throw new Error('invalid request: messageIds need the queue of the messages');
  return data;
}

const RULES: Record<string, string> = {
  '': 'the request must be an object with an action',
  'action': 'action must be "count", "list" or "redrive"',
  'queue': 'queue must be a queue name',
  'messageIds': `messageIds must be 1 to ${MAX_MESSAGE_IDS} IDs of messages`,
  'orderId': 'orderId must have 1 to 64 letters, digits, hyphens and underscores',
  'tenant': 'tenant must have 1 to 50 letters, digits, hyphens and underscores',
  'error': 'error must have 1 to 256 characters',
  'olderThan': 'olderThan must be a number of seconds',
  'newerThan': 'newerThan must be a number of seconds',
  'limit': `limit must be between 1 and ${MAX_PER_QUEUE}`,
  'dryRun': 'dryRun must be true or false',
  'maxPerSecond': `maxPerSecond must be between 1 and ${MAX_PER_SECOND}`,
  'startedAt': 'startedAt must be a Unix time in milliseconds',
  'maxSeconds': 'maxSeconds must be between 1 and 900',
  'requestedBy': 'requestedBy must have 1 to 256 characters',
};

const messageOf = (issue: z.core.$ZodIssue): string =>
  (issue.code === 'unrecognized_keys' ? `unknown field ${issue.keys.join(', ')}` : RULES[String(issue.path[0] ?? '')]);
