import * as z from 'zod/mini';
import { ORDER_ID_PATTERN } from './ids';
import { pricedOrderSchema, type PricedOrder } from './order';
import { EVENT_TYPE, REJECTION_CODE, SCHEMA_VERSION, type EventType } from '../../src/private/contract';

const id = z.string().check(z.minLength(1), z.maxLength(128));

/** Shape of `detail.metadata`. */
export const metadataSchema = z.object({
  /** Deterministic: an event that is said again has the same id. */
  eventId: id,
  eventType: z.enum(EVENT_TYPE),
  schemaVersion: z.literal(SCHEMA_VERSION),
  orderId: z.string().check(z.regex(ORDER_ID_PATTERN)),
  /** Version of the stored order after this event; 0 before it is stored. */
  version: z.int(),
  commandId: id,
  /** Place of the command among all commands of its order. Compare as text. */
  sequence: id,
  correlationId: id,
  /** The command or event that led to this one. */
  causationId: id,
  occurredAt: z.iso.datetime(),
  channel: z.enum(['api', 'file']),
});

/** Who, when and why of an event; maps without loss to CloudEvents attributes. */
export type EventMetadata = z.infer<typeof metadataSchema>;

/** Shape of the detail of the events that handlers read back from a queue. */
export const DETAIL_SCHEMAS = {
  OrderValidated: z.object({ metadata: metadataSchema, data: z.object({ order: pricedOrderSchema }) }),
  OrderRejected: z.object({
    metadata: metadataSchema,
    data: z.object({
      code: z.enum(REJECTION_CODE),
      reason: z.string(),
      errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
      customerId: z.optional(z.string()),
    }),
  }),
};

/** `data` of each event type. */
export interface EventData {
  readonly OrderValidated: z.infer<typeof DETAIL_SCHEMAS.OrderValidated>['data'];
  readonly OrderRejected: z.infer<typeof DETAIL_SCHEMAS.OrderRejected>['data'];
  readonly OrderConfirmed: { readonly order: PricedOrder; readonly status: string };
}

/** An event of one type, as it is said on the bus. Its detail there is `{ metadata, data }`. */
export interface EventOf<Type extends EventType> {
  readonly type: Type;
  readonly metadata: EventMetadata;
  readonly data: EventData[Type];
}

/** An event of any type. */
export type OrderEvent = { [Type in EventType]: EventOf<Type> }[EventType];
