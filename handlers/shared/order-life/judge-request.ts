import { REFUSAL_CODE } from '../../../src/private/contract';
import { checkShape } from '../check-shape';
import { createEvent, type EventCause } from '../create-event';
import type { OrderEvent } from '../event';
import { judgeCancellation, judgeChange, refusal } from '../judge-command';
import { fulfillmentSchema } from '../order-change';
import type { OrderError } from '../order-error';
import type { LifeCommand } from './life-command';
import type { Refusal } from './order-item';
import { COMMANDS } from './order-states';
import type { OutsideRequest } from './read-life-event';

/** What a request from outside carries, when it is in order. */
export type RequestVerdict = { readonly data: LifeCommand['data']; readonly refused?: undefined } | { readonly refused: OrderEvent };

/** Checks what another system asks for. What is wrong is refused, and has no place in line. */
export function judgeRequest(request: OutsideRequest): RequestVerdict {
  if (request.faults.length > 0) return { refused: refusedEvent(request, refusal(REFUSAL_CODE.INVALID_COMMAND, request.faults)) };
  switch (request.type) {
    case 'ChangeOrder': {
      const { type, data } = judgeChange(request.payload, request.channel);
      return type === 'OrderChangeRequested' ? { data } : { refused: refusedEvent(request, data) };
    }
    case 'CancelOrder': {
      const { type, data } = judgeCancellation(request.payload, request.channel);
      return type === 'OrderCancellationRequested' ? { data } : { refused: refusedEvent(request, data) };
    }
    case 'FulfillOrder': {
      const { errors } = checkShape(fulfillmentSchema, request.payload);
      return errors ? { refused: refusedEvent(request, refusal(REFUSAL_CODE.INVALID_COMMAND, errors as OrderError[])) } : { data: {} };
    }
  }
}

function refusedEvent({ type, orderId, commandId, correlationId, causationId, channel }: OutsideRequest, data: Refusal): OrderEvent {
  const cause: EventCause = { orderId, commandId, sequence: 0, correlationId, causationId, channel };
  return createEvent(COMMANDS[type].refused as 'OrderChangeRefused', cause, data);
}
