import * as z from 'zod/mini';
import { metadataSchema } from '../events/event';
import { PoisonMessage } from '../messaging/errors';
import { parseMessage } from '../messaging/parse-message';
import { timeOfCommandId } from '../orders/ids';
import { orderKey, type OrderKey } from '../orders/order-identity';
import { historyListKey } from '../queries/history-list-key';
import { identifyEvent } from '../queries/identify-event';
import { isPrintableId } from '../telemetry/id-formats';

/** A record of the stream of events. */
export interface StreamRecord {
  /** The order of the event, or its file; its own ID if it has neither. */
  readonly partitionKey: string;
  readonly orderId?: OrderKey;
  /** Sorts the events of an order: time, sequence number, version and ID. */
  readonly position: string;
  /** One line of JSON. */
  readonly data: string;
}

/** The maximum of Kinesis for data and partition key together, in bytes. */
const MAX_RECORD_SIZE = 1024 * 1024;

const busEventSchema = z.object({
  'id': z.optional(z.unknown()),
  'time': z.optional(z.unknown()),
  'detail-type': z.string(),
  'detail': z.object({ metadata: z.optional(z.looseObject({})) }),
});

const orderSchema = z.object({ orderId: metadataSchema.shape.orderId, tenant: metadataSchema.shape.tenant });

/**
 * Converts an EventBridge event from a queue to a record of the stream: the event as it was published, preceded by `eventId`, `partitionKey`,
 * `occurredAt` and, if the ID of its command contains the time, `acceptedAt`.
 *
 * @throws PoisonMessage when the body is not an event, or is too large for a record.
 */
export function streamRecord(body: string): StreamRecord {
  const event = parseMessage(body, busEventSchema);
  const { metadata = {} } = event.detail;
  const identity = identifyEvent(event);
  const orderId = orderOf(metadata);
  const partitionKey = orderId ?? (isPrintableId(metadata.fileId) ? metadata.fileId : identity.eventId);
  const record: StreamRecord = {
    partitionKey,
    ...(orderId === undefined ? {} : { orderId }),
    position: historyListKey({ ...identity, metadata }),
    data: withFields(body, { eventId: identity.eventId, partitionKey, occurredAt: identity.occurredAt, ...acceptanceOf(metadata) }),
  };
  const bytes = Buffer.byteLength(record.data) + Buffer.byteLength(record.partitionKey);
  if (bytes > MAX_RECORD_SIZE) throw new PoisonMessage(`the event has ${bytes} bytes as a record, more than the ${MAX_RECORD_SIZE} of Kinesis`);
  return record;
}

/** The key of the order in the metadata of an event. Events of other systems may have any metadata. */
function orderOf(metadata: unknown): OrderKey | undefined {
  const { data } = orderSchema.safeParse(metadata);
  return data && orderKey(data);
}

/** When the command of an event was accepted. */
function acceptanceOf({ commandId }: Readonly<Record<string, unknown>>): { readonly acceptedAt?: string } {
  const acceptedAt = typeof commandId === 'string' ? timeOfCommandId(commandId) : undefined;
  return acceptedAt === undefined ? {} : { acceptedAt: new Date(acceptedAt).toISOString() };
}

/** Adds fields in front of the text, which stays as it was published: numbers may exceed the precision of JavaScript. */
const withFields = (body: string, fields: object): string =>
  // Line breaks can only be between the tokens of JSON, because in texts they are escaped.
  `${JSON.stringify(fields).slice(0, -1)},${body.trim().slice(1).replace(/[\r\n]+/g, ' ')}\n`;
