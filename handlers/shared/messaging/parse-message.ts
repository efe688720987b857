import type * as z from 'zod/mini';
import { PoisonMessage } from './errors';
import { jsonPointer } from '../json/json-pointer';

/**
 * Reads a message body that has to be JSON of one shape.
 *
 * @throws PoisonMessage naming the fields that are wrong, without quoting them: the reason ends in logs.
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

/** Like `parseMessage`, for what is JSON no longer. */
export function parseShape<Schema extends z.ZodMiniType>(value: unknown, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new PoisonMessage(`wrong or missing: ${result.error.issues.map((issue) => placeOf(issue.path) || issue.code).join(', ')}`);
}

/** Where, in names that are ours: keys below these two, and what does not look like a name, may say anything. */
const MADE_UP_BELOW: readonly unknown[] = ['shippingAddress', 'attributes'];
const placeOf = (path: readonly PropertyKey[]): string =>
  jsonPointer(path.map((step, index) => (/^[\w-]{1,64}$/.test(String(step)) && !MADE_UP_BELOW.includes(path[index - 1]) ? step : '?')));
