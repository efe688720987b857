import * as z from 'zod/mini';
import { readBusRequest, type BusRequest } from './bus-request';
import type { CommandDefinition } from '../commands/command-definition';
import { DONE_EVENTS, requestedBy, REQUESTED_EVENTS } from '../commands/registry';
import type { SequencedCommand } from '../commands/sequenced-command';
import { factsSchema, metadataSchema, type EventMetadata } from '../events/event';
import { PoisonMessage } from '../messaging/errors';
import { parseMessage, parseShape } from '../messaging/parse-message';
import { eventIdFor } from '../orders/ids';
import { orderKey } from '../orders/order-identity';

const busEventSchema = z.object({
  'id': z.optional(z.string()),
  'detail-type': z.enum(REQUESTED_EVENTS as [string, ...string[]]),
  'detail': z.object({ metadata: z.looseObject({ orderId: metadataSchema.shape.orderId, tenant: metadataSchema.shape.tenant }), facts: z.optional(z.unknown()), data: z.optional(z.unknown()) }),
});

type CommandMetadata = z.infer<typeof busEventSchema>['detail']['metadata'];

/**
 * Reads an event that an EventBridge rule sent to a queue: a validated command, or the request of another system.
 *
 * @throws PoisonMessage when the body is not such an event, or has no valid order id or tenant.
 */
export function readCommandEvent(body: string): SequencedCommand | BusRequest {
  const { id, 'detail-type': type, detail } = parseMessage(body, busEventSchema);
  const definition = requestedBy(type)!;
  if (isFromPipeline(definition, detail.metadata)) return readCommand(definition, detail);
  if (!definition.isRequestedOnBus) throw new PoisonMessage(`only the pipeline publishes ${type}, and the event ID is not that of its command`);
  return readBusRequest(definition, { id, ...detail }, orderKey(detail.metadata), body);
}

/**
 * Whether the pipeline published an event: its event id is derived from its command and type. Other systems may copy the metadata of such an
 * event, for example for its correlation id; what they publish is still a request of their own, and no order that passed validation.
 */
const isFromPipeline = ({ requested }: CommandDefinition, metadata: CommandMetadata): boolean =>
  typeof metadata.commandId === 'string' && metadata.eventId === eventIdFor(requested, orderKey(metadata), metadata.commandId);

/** Whether a command has a sequence number. */
export const isSequenced = (command: SequencedCommand | BusRequest): command is SequencedCommand => 'sequence' in command;

function readCommand({ type, requested, channels, isRequestedOnBus, requestSchema, toData }: CommandDefinition, detail: object): SequencedCommand {
  // The event with which the pipeline announces the outcome of a command has its sequence number, so it is known to be applied.
  const isOnlyRequested = isRequestedOnBus && channels.length === 0 && !DONE_EVENTS.includes(requested);
  if (isOnlyRequested) throw new PoisonMessage(`${requested} comes from other systems and has no sequence number`);
  const { metadata, facts = {}, data } = parseShape({ detail }, commandSchemaOf(requestSchema)).detail;
  return { ...causeOf(metadata), type, data: toData(data, facts) };
}

/** The schema of the events of a command. It includes "detail", so that the paths of its errors begin there. */
const newCommandSchema = (data: z.ZodMiniType) => z.object({ detail: z.object({ metadata: metadataSchema, facts: z.optional(factsSchema), data }) });

/** To make a schema takes longer than to check an event with it, so that each is made once. */
const commandSchemas = new Map<z.ZodMiniType, ReturnType<typeof newCommandSchema>>();

function commandSchemaOf(requestSchema: z.ZodMiniType): ReturnType<typeof newCommandSchema> {
  const schema = commandSchemas.get(requestSchema) ?? newCommandSchema(requestSchema);
  commandSchemas.set(requestSchema, schema);
  return schema;
}

function causeOf(metadata: EventMetadata): Omit<SequencedCommand, 'type' | 'data'> {
  const { sequence, previousAt, commandId, correlationId, eventId, channel } = metadata;
  if (sequence < 1) throw new PoisonMessage('the command has no sequence number');
  return { orderId: orderKey(metadata), sequence, ...(previousAt ? { previousAt } : {}), commandId, correlationId, causationId: eventId, channel };
}

/** Finds the order id of an event without parsing it. */
export function orderIdOfEvent(body: string): string | undefined {
  return /"orderId"\s*:\s*"([A-Za-z0-9_-]{1,64})"/.exec(body)?.[1];
}
