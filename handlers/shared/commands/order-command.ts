import * as z from 'zod/mini';
import { QUEUE_CHANNELS, QUEUED_COMMAND_TYPES } from './registry';
import { SCHEMA_VERSION } from '../../../src/private/contract';
import { ORDER_ID_PATTERN } from '../orders/ids';

/** The message in the orders queue: a command that the API or a file accepted. */
export const commandSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  commandType: z.enum(QUEUED_COMMAND_TYPES),
  /** Unique for each accepted request: a ULID, which sorts by time, or derived from the request. */
  commandId: z.string().check(z.minLength(1), z.maxLength(128)),
  orderId: z.string().check(z.regex(ORDER_ID_PATTERN)),
  correlationId: z.string().check(z.minLength(1), z.maxLength(128)),
  channel: z.enum(QUEUE_CHANNELS),
  receivedAt: z.iso.datetime(),
  /** The order, `{ patch, expectedVersion? }` or `{ reason, expectedVersion? }`. Validation checks it against the command's definition. */
  payload: z.unknown(),
});

/** A command in the orders queue. */
export type OrderCommand = z.infer<typeof commandSchema>;
