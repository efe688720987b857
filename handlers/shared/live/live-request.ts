import * as z from 'zod/mini';
import { LIVE_POSITION_PATTERN, timeOfPosition } from './live-position';
import type { LiveTarget } from './live-target';
import { Problem } from '../http/problem';
import type { FieldError } from '../json/field-error';
import { isObject } from '../json/is-object';
import { parseStrictJson } from '../json/strict-json';
import { text } from '../json/text';
import { validateShape } from '../json/validate-shape';
import { FILE_ID_PATTERN, ORDER_ID_PATTERN } from '../orders/ids';
import { isCorrelationId } from '../telemetry/id-formats';

/** The longest message of a client, in UTF-16 code units. */
const MAX_LENGTH = 4096;

const requestId = z.optional(z.string().check(z.refine(isCorrelationId, { error: 'must be 1 to 128 of A-Z a-z 0-9 . _ : -', params: { code: 'INVALID_FORMAT' } })));
const target = {
  orderId: z.optional(z.string().check(z.regex(ORDER_ID_PATTERN))),
  customerId: z.optional(text(1, 128)),
  fileId: z.optional(z.string().check(z.regex(FILE_ID_PATTERN))),
};
const after = z.string().check(z.regex(LIVE_POSITION_PATTERN), z.refine((value) => !Number.isNaN(timeOfPosition(value)), { error: 'must be the id of a message', params: { code: 'INVALID_FORMAT' } }));

const SCHEMAS = {
  subscribe: z.strictObject({ action: z.literal('subscribe'), ...target, after: z.optional(after), awaited: z.optional(z.boolean()), requestId }),
  unsubscribe: z.strictObject({ action: z.literal('unsubscribe'), ...target, requestId }),
  ping: z.strictObject({ action: z.literal('ping'), requestId }),
} as const;

/** A message of a client. */
export type LiveRequest = { readonly requestId?: string } & (
  | { readonly action: 'ping' }
  | { readonly action: 'unsubscribe'; readonly target: LiveTarget }
  | { readonly action: 'subscribe'; readonly target: LiveTarget; readonly after?: string; readonly awaited?: boolean }
);

/**
 * Parses a message of a client.
 *
 * @throws Problem with all errors of the message.
 */
export function parseLiveRequest(body: string): LiveRequest {
  if (body.length > MAX_LENGTH) throw new Problem(413, 'message-too-large', `the message has ${body.length} characters; the limit is ${MAX_LENGTH}`);
  const { value: message, errors: jsonErrors } = { value: undefined, ...parseStrictJson(body, 'message') };
  if (jsonErrors) throw invalid(jsonErrors);
  const action = isObject(message) ? message.action : undefined;
  if (typeof action !== 'string' || !Object.hasOwn(SCHEMAS, action)) {
    throw invalid([{ path: '/action', code: 'UNKNOWN_ACTION', message: `must be one of ${Object.keys(SCHEMAS).join(', ')}` }]);
  }
  const { value, errors } = validateShape(SCHEMAS[action as LiveRequest['action']], message);
  if (errors) throw invalid(errors);
  if (value.action === 'ping') return value;
  const { orderId, customerId, fileId, ...rest } = value;
  return { ...rest, target: onlyOne({ orderId, customerId, fileId }) };
}

function onlyOne(targets: { readonly orderId?: string; readonly customerId?: string; readonly fileId?: string }): LiveTarget {
  const given = Object.entries(targets).filter(([, id]) => id !== undefined);
  if (given.length === 1) return Object.fromEntries(given) as LiveTarget;
  throw invalid([{ path: '', code: given.length === 0 ? 'REQUIRED' : 'INVALID_COMBINATION', message: 'must have one of orderId, customerId and fileId' }]);
}

const invalid = (errors: readonly FieldError[]): Problem => new Problem(400, 'invalid-message', 'the message is not valid; see errors', errors);
