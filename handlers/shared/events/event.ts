import * as z from 'zod/mini';
import { EVENT_TYPE, REJECTION_CODE, SCHEMA_VERSION, type EventType, type RefusalCode } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { ORDER_ID_PATTERN } from '../orders/ids';
import { pricedOrderSchema, type PricedOrder } from '../orders/order';
import { cancellationRequestSchema, changeRequestSchema } from '../orders/order-change';

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
  /** Place of the command among all commands of its order: 1, 2, 3 … without a gap; 0 for one that was refused before it got one. */
  sequence: z.int().check(z.gte(0)),
  /** When the command before it got its place. */
  previousAt: z.optional(z.iso.datetime()),
  correlationId: id,
  /** The command or event that led to this one. */
  causationId: id,
  occurredAt: z.iso.datetime(),
  channel: z.enum(['api', 'file', 'bus']),
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
  OrderChangeRequested: z.object({ metadata: metadataSchema, data: changeRequestSchema }),
  OrderCancellationRequested: z.object({ metadata: metadataSchema, data: cancellationRequestSchema }),
};

/** Why a command did nothing. */
interface RefusalData {
  readonly code: RefusalCode;
  readonly reason: string;
  /** Where the order stands; left out where there is none. */
  readonly currentStatus?: string;
  readonly currentVersion?: number;
  readonly errors?: readonly FieldError[];
}

/** The order as it stands after the event. */
interface OrderData {
  readonly order: PricedOrder;
  readonly status: string;
}

/** `data` of each event type. */
export interface EventData {
  readonly OrderValidated: z.infer<typeof DETAIL_SCHEMAS.OrderValidated>['data'];
  readonly OrderRejected: z.infer<typeof DETAIL_SCHEMAS.OrderRejected>['data'];
  readonly OrderConfirmed: OrderData;
  readonly OrderChangeRequested: z.infer<typeof DETAIL_SCHEMAS.OrderChangeRequested>['data'];
  readonly OrderChanged: OrderData & { readonly changed: readonly string[] };
  readonly OrderChangeRefused: RefusalData;
  readonly OrderCancellationRequested: z.infer<typeof DETAIL_SCHEMAS.OrderCancellationRequested>['data'];
  readonly OrderCancelled: OrderData & { readonly reason: string };
  readonly OrderCancellationRefused: RefusalData;
  readonly OrderFulfilled: object;
  readonly OrderFulfillmentRefused: RefusalData;
  /** Who read the order: the id of an API key, of a principal or of a role. */
  readonly OrderRead: { readonly reader: string };
  /** The dead-letter queue, why the message was in it, and the type of the event that it held. */
  readonly OrderRedriven: { readonly queue: string; readonly reason: string; readonly type?: string };
}

/** An event of one type, as it is said on the bus. Its detail there is `{ metadata, data }`. */
export interface EventOf<Type extends EventType> {
  readonly type: Type;
  readonly metadata: EventMetadata;
  readonly data: EventData[Type];
}

/** An event of any type. */
export type OrderEvent = { [Type in EventType]: EventOf<Type> }[EventType];
