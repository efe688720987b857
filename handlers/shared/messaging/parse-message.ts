import type * as z from 'zod/mini';
import { PoisonMessage } from './errors';
import { jsonPointer } from '../json/json-pointer';

/**
 * Parses a message body as JSON and validates it.
 *
 * @throws PoisonMessage with the paths of invalid fields, but not their values: the reason is logged.
 */
export function parseMessage<Schema extends z.ZodMiniType>(body: string, schema: Schema): z.infer<Schema> {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    throw new PoisonMessage('the body is not JSON');
  }
  return parseShape(message, schema);
}

/** Like `parseMessage`, for a parsed value. */
export function parseShape<Schema extends z.ZodMiniType>(value: unknown, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new PoisonMessage(`wrong or missing: ${result.error.issues.map((issue) => pathOf(issue.path) || issue.code).join(', ')}`);
}

/** Paths contain names of the schema only. Clients choose the keys below these fields, which are not logged, like any unusual key. */
const FIELDS_WITH_CLIENT_KEYS: readonly unknown[] = ['shippingAddress', 'attributes'];
const pathOf = (path: readonly PropertyKey[]): string =>
  jsonPointer(path.map((step, index) => (/^[\w-]{1,64}$/.test(String(step)) && !FIELDS_WITH_CLIENT_KEYS.includes(path[index - 1]) ? step : '?')));
