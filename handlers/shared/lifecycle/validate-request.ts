import type { BusRequest } from './bus-request';
import { definitionOf } from '../commands/registry';
import { createEvent, type EventCause } from '../events/create-event';
import type { OrderEvent } from '../events/event';
import { identityOf } from '../orders/order-identity';
import { invalidRequest, validatePayload } from '../validation/validate-command';

/** The data of a valid request, or the event that refuses it. */
export type RequestValidation = { readonly data: object; readonly refused?: undefined } | { readonly refused: OrderEvent };

/** Validates the request of another system. A refused request gets no sequence number. */
export function validateRequest({ type, orderId, commandId, correlationId, causationId, channel, payload, faults }: BusRequest): RequestValidation {
  const definition = definitionOf(type);
  const identity = identityOf(orderId);
  const validation = faults.length > 0
    ? invalidRequest(definition, faults)
    : validatePayload(definition, payload, identity);
  if (validation.type === definition.requested) return { data: definition.toData(validation.data, validation.facts ?? {}) };
  const cause: EventCause = { ...identity, commandId, sequence: 0, correlationId, causationId, channel };
  return { refused: createEvent(validation.type, cause, validation.data, { facts: validation.facts }) as OrderEvent };
}
