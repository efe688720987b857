import * as z from 'zod/mini';
import { ORDER_ID_PATTERN } from './ids';
import { SCHEMA_VERSION } from '../../../src/private/contract';

/** What a client asked for and was promised: the message in `orders.fifo`. */
export const commandSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  commandType: z.enum(['PlaceOrder', 'ChangeOrder', 'CancelOrder']),
  /** Unique for each accepted request: made of the time and sortable by it (a ULID), or derived from what the client sent. */
  commandId: z.string().check(z.minLength(1), z.maxLength(128)),
  orderId: z.string().check(z.regex(ORDER_ID_PATTERN)),
  correlationId: z.string().check(z.minLength(1), z.maxLength(128)),
  channel: z.enum(['api', 'file']),
  receivedAt: z.iso.datetime(),
  /** What the command carries: the order, `{ patch, expectedVersion? }` or `{ reason, expectedVersion? }`. Checked by whoever decides it. */
  payload: z.unknown(),
});

/** A command as it travels. */
export type OrderCommand = z.infer<typeof commandSchema>;
