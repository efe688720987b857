import { stringify } from 'safe-stable-stringify';
import * as z from 'zod/mini';
import type { CommandCause, SequencedCommand } from './sequenced-command';
import { DETAIL_SCHEMAS, type EventMetadata } from '../events/event';
import type { FieldError } from '../json/field-error';
import { parseStrictJson } from '../json/strict-json';
import { parseMessage, parseShape } from '../messaging/parse-message';
import { PoisonMessage } from '../messaging/poison-message';
import { fingerprint } from '../orders/fingerprint';
import { eventIdFor, ORDER_ID_PATTERN, requestId } from '../orders/ids';
import { isCorrelationId, isPrintableId } from '../telemetry/id-formats';

/** Events that come from other systems as well as from the pipeline, each with the command that it asks for. */
const REQUESTED_BY = { OrderChangeRequested: 'ChangeOrder', OrderCancellationRequested: 'CancelOrder', OrderFulfilled: 'FulfillOrder' } as const;
type RequestType = keyof typeof REQUESTED_BY;

/** What another system asks for. It has no place in line yet, and nobody has checked what it carries. */
export interface BusRequest extends CommandCause {
  readonly type: (typeof REQUESTED_BY)[RequestType];
  readonly orderId: string;
  readonly payload: unknown;
  /** What is wrong with it as JSON: a key given twice, a number that would be rounded. */
  readonly faults: readonly FieldError[];
}

const busEventSchema = z.object({
  'id': z.optional(z.string()),
  'detail-type': z.enum(['OrderValidated', 'OrderRejected', 'OrderChangeRequested', 'OrderCancellationRequested', 'OrderFulfilled']),
  'detail': z.object({ metadata: z.looseObject({ orderId: z.string().check(z.regex(ORDER_ID_PATTERN)) }), data: z.optional(z.unknown()) }),
});

type BusEventType = z.infer<typeof busEventSchema>['detail-type'];

/**
 * Reads an event that an EventBridge rule put into a queue: a command that `validate-order` gave its place, or what another system asks
 * for.
 *
 * @throws PoisonMessage when the body is no such event, or names no order that could be answered for.
 */
export function readCommandEvent(body: string): SequencedCommand | BusRequest {
  const { id, 'detail-type': type, detail } = parseMessage(body, busEventSchema);
  return isOurs(type, detail.metadata) ? readCommand(type, detail) : readRequest(REQUESTED_BY[type as RequestType], id, detail, strictJsonErrorsIn(body));
}

/**
 * Whether the pipeline itself said it: its events have the id that follows from their command and type. What another system made of the
 * metadata of such an event, perhaps only to hand on its correlation id, is a request of its own.
 */
const isOurs = (type: BusEventType, { orderId, commandId, eventId }: Record<string, unknown>): boolean =>
  !(type in REQUESTED_BY) || (typeof commandId === 'string' && eventId === eventIdFor(type, String(orderId), commandId));

/** Whether a command has its place in line already. */
export const isSequenced = (command: SequencedCommand | BusRequest): command is SequencedCommand => 'sequence' in command;

function readCommand(type: BusEventType, detail: unknown): SequencedCommand {
  switch (type) {
    case 'OrderValidated': {
      const { metadata, data: { order } } = readDetail(detail, DETAIL_SCHEMAS.OrderValidated);
      return { ...placed(metadata), type: 'PlaceOrder', data: { order, fingerprint: fingerprint(order) } };
    }
    case 'OrderRejected': {
      const { metadata, data } = readDetail(detail, DETAIL_SCHEMAS.OrderRejected);
      return { ...placed(metadata), type: 'RejectOrder', data };
    }
    case 'OrderChangeRequested': {
      const { metadata, data } = readDetail(detail, DETAIL_SCHEMAS.OrderChangeRequested);
      return { ...placed(metadata), type: 'ChangeOrder', data };
    }
    case 'OrderCancellationRequested': {
      const { metadata, data } = readDetail(detail, DETAIL_SCHEMAS.OrderCancellationRequested);
      return { ...placed(metadata), type: 'CancelOrder', data };
    }
    case 'OrderFulfilled': throw new PoisonMessage('OrderFulfilled comes from outside, and has no sequence');
  }
}

/** The path of what is wrong begins where the message does. */
const readDetail = <Schema extends z.ZodMiniType>(detail: unknown, schema: Schema): z.infer<Schema> =>
  (parseShape({ detail }, z.object({ detail: schema })) as { detail: z.infer<Schema> }).detail;

/** Where a command stands and who sent it. */
function placed({ orderId, sequence, previousAt, commandId, correlationId, eventId, channel }: EventMetadata) {
  if (sequence < 1) throw new PoisonMessage('the command has no place in the line of its order');
  return { orderId, sequence, ...(previousAt ? { previousAt } : {}), commandId, correlationId, causationId: eventId, channel };
}

/**
 * The id of a request is made of the id that the other system gave it, or else EventBridge, and of what it asks of which order: a repeat has the
 * same one, and nothing else has.
 */
function readRequest(
  type: BusRequest['type'], envelopeId: string | undefined, { metadata, data }: { metadata: Record<string, unknown> & { orderId: string }; data?: unknown },
  faults: readonly FieldError[],
): BusRequest {
  const given = [metadata.eventId, envelopeId].find(isPrintableId);
  if (given === undefined) throw new PoisonMessage('the event has no id: neither metadata.eventId nor one of EventBridge');
  const { orderId } = metadata;
  const commandId = requestId(type, orderId, given, stringify(data) ?? '');
  const correlationId = isCorrelationId(metadata.correlationId) ? metadata.correlationId : commandId;
  return { type, orderId, commandId, correlationId, causationId: given, channel: 'bus', payload: data, faults };
}

const DATA = '/detail/data';

/** What the doors would not take as JSON is not taken from the bus either. */
const strictJsonErrorsIn = (body: string): FieldError[] =>
  (parseStrictJson(body).errors ?? [])
    .filter(({ path }) => path.startsWith(DATA))
    .map((error) => ({ ...error, path: error.path.slice(DATA.length) }));

/** The order that an event is about, as far as can be told without reading it closely. */
export function orderIdOfEvent(body: string): string | undefined {
  return /"orderId"\s*:\s*"([A-Za-z0-9_-]{1,64})"/.exec(body)?.[1];
}
