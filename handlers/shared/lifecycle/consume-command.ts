import type { SQSRecord } from 'aws-lambda';
import { applyInSequence, type OrderStore } from './apply-in-sequence';
import type { LifecycleSettings } from './decision';
import { isSequenced, orderIdOfEvent, readCommandEvent, type BusRequest } from './read-command-event';
import type { SequencedCommand } from './sequenced-command';
import { validateRequest } from './validate-request';
import type { OrderEvent } from '../events/event';
import { outcomeOf } from '../events/outcome-of';
import { publishEvent } from '../events/publish-event';
import type { Publish } from '../events/publish-events';
import { PoisonMessage } from '../messaging/poison-message';
import { serialByKey } from '../messaging/serial-by-key';
import type { Outcome } from '../telemetry/telemetry';
import { assignSequence, type SequenceStore } from '../validation/assign-sequence';

/** What commands need that have their place. */
export interface LifecycleContext {
  readonly orders: OrderStore;
  readonly settings: LifecycleSettings;
}

/** What requests of other systems need besides: a place in line, or the bus on which they are refused. */
export interface BusRequestContext extends LifecycleContext {
  readonly sequences: SequenceStore;
  readonly publish: Publish<OrderEvent>;
}

/**
 * Consumes an event about an order: lets a command take its turn.
 *
 * @throws PoisonMessage when it is no command that has its place.
 */
export async function consumeCommand(body: string, { orders, settings }: LifecycleContext): Promise<Outcome> {
  const command = readCommandEvent(body);
  if (!isSequenced(command)) throw new PoisonMessage('the command has no place in the line of its order');
  return applyInSequence(command, orders, settings);
}

/**
 * Consumes an event that may come from another system, too: such a request is checked and gets its place on arrival.
 *
 * @throws PoisonMessage when it names no order, or has no id.
 */
export async function consumeCommandOrRequest(body: string, life: BusRequestContext): Promise<Outcome> {
  const event = readCommandEvent(body);
  return isSequenced(event) ? applyInSequence(event, life.orders, life.settings) : consumeRequest(event, life);
}

/** Consumes the events of a batch, those about one order one after the other: at once, they would only get into each other's way. */
export const serialByOrder = (consume: (body: string) => Promise<Outcome>): ((record: SQSRecord) => Promise<Outcome>) =>
  serialByKey(({ body }) => orderIdOfEvent(body), ({ body }) => consume(body));

async function consumeRequest(request: BusRequest, { orders, settings, sequences, publish }: BusRequestContext): Promise<Outcome> {
  const { data, refused } = { data: undefined, ...validateRequest(request) };
  if (refused) {
    // It changes nothing in the table, so nothing follows from its stream: it is said before the message is deleted.
    await publishEvent(publish, refused);
    return outcomeOf(refused);
  }
  const { payload, faults, ...rest } = request;
  const place = await assignSequence(request.orderId, request.commandId, sequences, false);
  return applyInSequence({ ...rest, ...place, data } as SequencedCommand, orders, settings);
}
