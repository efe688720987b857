import * as z from 'zod/mini';
import { QUEUED_COMMAND_TYPES } from './registry';
import { CHANNEL, EXISTING_ORDER_POLICY, SCHEMA_VERSION, TENANT_PATTERN } from '../../../src/private/contract';
import { MAX_ERRORS } from '../json/field-error';
import { ORDER_ID_PATTERN } from '../orders/ids';

/** An error that the sender found. The last of them may count those that are not listed. */
const errorSchema = z.object({ path: z.string(), code: z.string(), message: z.string() });

/** The message in the orders queue: a command that the API, a file or an event of another system requested. */
export const commandSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  commandType: z.enum(QUEUED_COMMAND_TYPES),
  /** Unique for each accepted request: a ULID, which sorts by time, or derived from the request. */
  commandId: z.string().check(z.minLength(1), z.maxLength(128)),
  orderId: z.string().check(z.regex(ORDER_ID_PATTERN)),
  /** The tenant of the order, in a pipeline with tenants. */
  tenant: z.optional(z.string().check(z.regex(TENANT_PATTERN))),
  correlationId: z.string().check(z.minLength(1), z.maxLength(128)),
  channel: z.enum(CHANNEL),
  receivedAt: z.iso.datetime(),
  /** What a placement does if its id belongs to an order with other content; by default, it is rejected. */
  onExistingOrder: z.optional(z.enum(EXISTING_ORDER_POLICY)),
  /** The order, `{ patch, expectedVersion? }` or `{ reason, expectedVersion? }`. Validation checks it against the command's definition. */
  payload: z.optional(z.unknown()),
  /** What the sender found wrong and could not answer. The command is then rejected or refused with these errors, and needs no payload. */
  errors: z.optional(z.array(errorSchema).check(z.minLength(1), z.maxLength(MAX_ERRORS + 1))),
});

/** A command in the orders queue. */
export type OrderCommand = z.infer<typeof commandSchema>;
