import * as z from 'zod/mini';
import { Problem } from '../../../handlers/shared/http/problem';
import { ORDER_ID_PATTERN } from '../../../handlers/shared/orders/ids';
import type { RedriveSelection } from '../console-api';

const selectionSchema = z.strictObject({
  queue: z.optional(z.string()),
  messageIds: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(128))).check(z.minLength(1), z.maxLength(500))),
  orderId: z.optional(z.string().check(z.regex(ORDER_ID_PATTERN))),
});

/**
 * Reads which messages to redrive. An unknown field is an error: it may be a misspelled filter.
 *
 * @throws Problem 400.
 */
export function readSelection(body: unknown): RedriveSelection {
  const { success, data } = selectionSchema.safeParse(body);
  if (!success || (data.messageIds && data.queue === undefined)) {
    throw new Problem(400, 'invalid-selection', 'the selection must be { queue?, messageIds?, orderId? }: up to 500 messages of one queue, messages about an order, or all');
  }
  return data;
}
