import * as z from 'zod/mini';
import type { TotalParts } from './total-parts';
import { CHANNEL, EVENT_TYPE, SCHEMA_VERSION, TENANT_PATTERN, type EventType, type WorkflowEventType } from '../../../src/private/contract';
import type { PendingConfirmation } from '../commands/confirmation-state';
import type { Refusal } from '../commands/refusal';
import type { AnyCommand } from '../commands/registry';
import { ORDER_ID_PATTERN } from '../orders/ids';
import type { OrderDocument } from '../orders/order-document';
import type { OrderFacts } from '../orders/order-facts';

const id = z.string().check(z.minLength(1), z.maxLength(128));

/** Shape of `detail.metadata`. */
export const metadataSchema = z.object({
  /** Deterministic: an event that is published again has the same id. */
  eventId: id,
  eventType: z.enum(EVENT_TYPE),
  schemaVersion: z.literal(SCHEMA_VERSION),
  orderId: z.string().check(z.regex(ORDER_ID_PATTERN)),
  /** The tenant of the order, in a pipeline with tenants. */
  tenant: z.optional(z.string().check(z.regex(TENANT_PATTERN))),
  /** Version of the stored order after this event; 0 before it is stored. */
  version: z.int(),
  commandId: id,
  /** Number of the command among all commands of its order: 1, 2, 3 … without a gap; 0 for one that was refused without a number. */
  sequence: z.int().check(z.gte(0)),
  /** When the previous sequence number was assigned. */
  previousAt: z.optional(z.iso.datetime()),
  correlationId: id,
  /** The command or event that led to this one. */
  causationId: id,
  occurredAt: z.iso.datetime(),
  channel: z.enum(CHANNEL),
  /** The pipeline that published the event. It is added when the event is published. */
  pipeline: z.optional(id),
});

/** Who, when and why of an event; maps without loss to CloudEvents attributes. */
export type EventMetadata = z.infer<typeof metadataSchema>;

/** The order as it stands after the event, and what the command did to it. */
interface DoneData extends Readonly<Record<string, unknown>> {
  readonly order: OrderDocument;
  readonly status: string;
}

/** The messages about an order that were moved together, and from where. */
interface RedrivenData {
  readonly messages: number;
  /** Who requested it, if they are known. */
  readonly requestedBy?: string;
  readonly queues: readonly {
    /** The name of the dead-letter queue. */
    readonly queue: string;
    readonly messages: number;
    /** Why the messages were in the queue: up to five different reasons. */
    readonly reasons: readonly string[];
    /** The types of the commands or events in the messages, up to five. */
    readonly types?: readonly string[];
  }[];
}

/** `data` of the events of commands, from their definitions. */
type RequestData = { readonly [Command in AnyCommand as Command['requested']]: z.infer<Command['requestSchema']> };
type ResultData =
  & { readonly [Command in Extract<AnyCommand, { readonly done: EventType }> as Command['done']]: DoneData }
  & { readonly [Command in AnyCommand as Exclude<Command['refused'], keyof RequestData>]: Refusal };

/** `data` of the events that the states of a workflow publish. */
type WorkflowData = { readonly [Type in WorkflowEventType]: Readonly<Record<'workflow' | 'execution', string>> & Readonly<Record<string, unknown>> };

/** `data` of each event type. */
export interface EventData extends RequestData, ResultData, WorkflowData {
  readonly OrderPending: DoneData & { readonly confirmation: PendingConfirmation };
  /** A placement that another system requests. The pipeline does not publish it. */
  readonly OrderPlacementRequested: { readonly order: OrderDocument };
  /** Who read the order: the id of an API key, of a principal or of a role. */
  readonly OrderRead: { readonly reader: string };
  readonly OrderRedriven: RedrivenData;
}

/** Shape of `detail.facts`. */
export const factsSchema = z.object({
  customerId: z.optional(z.string()),
  currency: z.optional(z.string()),
  total: z.optional(z.number()),
  placedAt: z.optional(z.string()),
  externalReference: z.optional(z.string()),
  salesChannel: z.optional(z.string()),
  tags: z.optional(z.array(z.string())),
});

/** The facts of the order in an event, as far as they are known, whatever its model. */
export interface EventFacts extends OrderFacts {
  /** The total in two parts that EventBridge can compare: `billions` × 1000000000 + `remainder`. */
  readonly totalParts?: TotalParts;
}

/** An event of one type. Its `detail` on the bus is `{ metadata, facts, data }`. */
export interface EventOf<Type extends EventType> {
  readonly type: Type;
  readonly metadata: EventMetadata;
  readonly facts: EventFacts;
  readonly data: EventData[Type];
}

/** An event of any type. */
export type OrderEvent = { [Type in EventType]: EventOf<Type> }[EventType];
