import * as z from 'zod/mini';
import { CHANNEL, EVENT_TYPE } from '../../../src/private/contract';
import { metadataSchema } from '../events/event';
import { isObject } from '../json/is-object';
import { parseShape } from '../messaging/parse-message';
import { isOrderKey } from '../orders/order-identity';

/** The part of an item that goes into an event; its bookkeeping does not. */
export const outboxSchema = z.object({
  orderId: z.string().check(z.refine(isOrderKey)),
  version: metadataSchema.shape.version,
  outcome: z.object({
    ...z.pick(metadataSchema, { commandId: true, sequence: true, correlationId: true, causationId: true, channel: true }).shape,
    type: z.enum(EVENT_TYPE),
    at: z.iso.datetime(),
    data: z.record(z.string(), z.unknown()),
  }),
});

type Outbox = z.infer<typeof outboxSchema>;

/**
 * Reads the part of an item that goes into an event.
 *
 * @throws PoisonMessage when the pipeline did not write the item.
 */
export const readOutbox = (item: object): Outbox => readPlainOutbox(item) ?? parseShape(item, outboxSchema);

const TYPES = new Set<unknown>(Object.values(EVENT_TYPE));
const CHANNELS = new Set<unknown>(Object.values(CHANNEL));

/** Reads an item that certainly has the shape, as those that the pipeline wrote do. It is faster than the schema, which finds what is wrong with others. */
function readPlainOutbox(item: object): Outbox | undefined {
  const { orderId, version, outcome } = item as Partial<Outbox>;
  if (typeof orderId !== 'string' || !isOrderKey(orderId) || !Number.isSafeInteger(version) || !isObject(outcome)) return undefined;
  const { type, at, data, sequence, channel, commandId, correlationId, causationId } = outcome;
  const hasShape = TYPES.has(type) && CHANNELS.has(channel) && isTime(at) && isObject(data) && Number.isSafeInteger(sequence) && sequence >= 0
    && isId(commandId) && isId(correlationId) && isId(causationId);
  return hasShape ? { orderId, version: version!, outcome: { type, at, data, sequence, channel, commandId, correlationId, causationId } } : undefined;
}

const isId = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= 128;

/** The length of a time of the years 0 to 9999. */
const TIME_LENGTH = 24;

/** Whether a value is a time as `toISOString` returns it. `Date` converts days that do not exist, such as the 30th of February, to others. */
function isTime(value: unknown): boolean {
  const time = new Date(typeof value === 'string' && value.length === TIME_LENGTH ? value : NaN);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
}
