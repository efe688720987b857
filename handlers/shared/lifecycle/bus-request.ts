import { stringify } from 'safe-stable-stringify';
import { CHANNEL } from '../../../src/private/contract';
import type { CommandDefinition } from '../commands/command-definition';
import type { CommandCause } from '../commands/sequenced-command';
import type { FieldError } from '../json/field-error';
import { parseStrictJson } from '../json/strict-json';
import { PoisonMessage } from '../messaging/errors';
import { requestId } from '../orders/ids';
import type { CommandType } from '../orders/order-states';
import { isCorrelationId, isPrintableId } from '../telemetry/id-formats';

/** A command that another system requests on the bus. It has no sequence number, and its payload is not validated yet. */
export interface BusRequest extends CommandCause {
  readonly type: CommandType;
  readonly orderId: string;
  readonly payload: unknown;
  /** Errors of its JSON: duplicate keys, numbers that would be rounded. */
  readonly faults: readonly FieldError[];
}

/** The parts of a request that are read before it is validated. */
interface RequestEvent {
  /** EventBridge's id. */
  readonly id?: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly orderId: string };
  readonly data?: unknown;
}

/**
 * Reads the request of another system. Its command id is derived from the event id, or else EventBridge's, and from the content: only a
 * repeated request has the same one.
 *
 * @throws PoisonMessage when the event has no id.
 */
export function readBusRequest({ type }: CommandDefinition, { id, metadata, data }: RequestEvent, body: string): BusRequest {
  const given = [metadata.eventId, id].find(isPrintableId);
  if (given === undefined) throw new PoisonMessage('the event has no id: no valid ID in metadata.eventId or from EventBridge');
  const { orderId } = metadata;
  const commandId = requestId(type, orderId, given, stringify(data) ?? '');
  const correlationId = isCorrelationId(metadata.correlationId) ? metadata.correlationId : commandId;
  return { type, orderId, commandId, correlationId, causationId: given, channel: CHANNEL.BUS, payload: data, faults: strictJsonErrorsIn(body) };
}

/** Requests on the bus must be JSON as strict as the API's. What surrounds a request is not checked. */
const strictJsonErrorsIn = (body: string): readonly FieldError[] => parseStrictJson(body, 'event', ['detail', 'data']).errors ?? [];
