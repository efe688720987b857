import { configure } from 'safe-stable-stringify';
import { CHANNEL } from '../../../src/private/contract';
import type { CommandDefinition } from '../commands/command-definition';
import type { CommandCause } from '../commands/sequenced-command';
import type { FieldError } from '../json/field-error';
import { MAX_DEPTH } from '../json/find-violations';
import { parseStrictJson } from '../json/strict-json';
import { PoisonMessage } from '../messaging/errors';
import { requestId } from '../orders/ids';
import type { OrderKey } from '../orders/order-identity';
import type { CommandType } from '../orders/order-states';
import { isCorrelationId, isPrintableId } from '../telemetry/id-formats';

/** A command that another system requests on the bus. It has no sequence number, and its payload is not validated yet. */
export interface BusRequest extends CommandCause {
  readonly type: CommandType;
  readonly orderId: OrderKey;
  readonly payload: unknown;
  /** Errors of its JSON: duplicate keys, numbers that would be rounded. */
  readonly faults: readonly FieldError[];
}

/** The parts of a request that are read before it is validated. */
export interface RequestEvent {
  /** EventBridge's id. */
  readonly id?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
}

/** Reads the request of another system. */
export function readBusRequest({ type }: CommandDefinition, event: RequestEvent, orderId: OrderKey, body: string): BusRequest {
  return { ...identifyRequest(type, event, orderId), type, orderId, payload: event.data, faults: strictJsonErrorsIn(body, 'data') };
}

/**
 * The ids of another system's request. Its command id is derived from the event id, or else EventBridge's, and from the content: only a
 * repeated request has the same one.
 */
export function identifyRequest(type: CommandType, event: RequestEvent, orderId: OrderKey): CommandCause {
  const { metadata, data } = event;
  const causationId = requestEventId(event);
  const commandId = requestId(type, orderId, causationId, canonical(data) ?? '');
  const correlationId = isCorrelationId(metadata.correlationId) ? metadata.correlationId : commandId;
  return { commandId, correlationId, causationId, channel: CHANNEL.BUS };
}

/**
 * The id of another system's event: its own, or else EventBridge's.
 *
 * @throws PoisonMessage when the event has no id.
 */
export function requestEventId({ id, metadata }: RequestEvent): string {
  const given = [metadata.eventId, id].find(isPrintableId);
  if (given === undefined) throw new PoisonMessage('the event has no id: no valid ID in metadata.eventId or from EventBridge');
  return given;
}

/** Data that nests deeper is refused, but must not overflow the stack before that. */
const canonical = configure({ maximumDepth: 2 * MAX_DEPTH });

/** Requests on the bus must be JSON as strict as the API's. What surrounds a request, at a path below `detail`, is not checked. */
export const strictJsonErrorsIn = (body: string, ...path: readonly string[]): readonly FieldError[] =>
  parseStrictJson(body, 'event', ['detail', ...path]).errors ?? [];
