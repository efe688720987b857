import type { Refusal } from './order-item';
import { COMMANDS } from './order-states';
import type { BusRequest } from './read-command-event';
import type { SequencedCommand } from './sequenced-command';
import { REFUSAL_CODE } from '../../../src/private/contract';
import { createEvent, type EventCause } from '../events/create-event';
import type { OrderEvent } from '../events/event';
import type { FieldError } from '../json/field-error';
import { validateShape } from '../json/validate-shape';
import { fulfillmentSchema } from '../orders/order-change';
import { validateCancellation, validateChange, refusal } from '../validation/validate-command';

/** What a request from outside carries, when it is in order. */
export type RequestValidation = { readonly data: SequencedCommand['data']; readonly refused?: undefined } | { readonly refused: OrderEvent };

/** Checks what another system asks for. What is wrong is refused, and has no place in line. */
export function validateRequest(request: BusRequest): RequestValidation {
  if (request.faults.length > 0) return { refused: refusedEvent(request, refusal(REFUSAL_CODE.INVALID_COMMAND, request.faults)) };
  switch (request.type) {
    case 'ChangeOrder': {
      const { type, data } = validateChange(request.payload, request.channel);
      return type === 'OrderChangeRequested' ? { data } : { refused: refusedEvent(request, data) };
    }
    case 'CancelOrder': {
      const { type, data } = validateCancellation(request.payload, request.channel);
      return type === 'OrderCancellationRequested' ? { data } : { refused: refusedEvent(request, data) };
    }
    case 'FulfillOrder': {
      const { errors } = validateShape(fulfillmentSchema, request.payload);
      return errors ? { refused: refusedEvent(request, refusal(REFUSAL_CODE.INVALID_COMMAND, errors as FieldError[])) } : { data: {} };
    }
  }
}

function refusedEvent({ type, orderId, commandId, correlationId, causationId, channel }: BusRequest, data: Refusal): OrderEvent {
  const cause: EventCause = { orderId, commandId, sequence: 0, correlationId, causationId, channel };
  return createEvent(COMMANDS[type].refused as 'OrderChangeRefused', cause, data);
}
