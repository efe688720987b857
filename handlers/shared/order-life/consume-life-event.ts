import type { SQSRecord } from 'aws-lambda';
import type { OrderEvent } from '../event';
import { oneAtATime } from '../one-at-a-time';
import { outcomeOf } from '../outcome-of';
import { PoisonMessage } from '../poison-message';
import type { Publish } from '../publish-events';
import { publishOne } from '../publish-one';
import { takePlace, type SequenceStore } from '../take-place';
import type { Outcome } from '../telemetry';
import type { LifeSettings } from './decision';
import { judgeRequest } from './judge-request';
import type { LifeCommand } from './life-command';
import { hasPlace, orderIdOfEvent, readLifeEvent, type OutsideRequest } from './read-life-event';
import { takeTurn, type OrderStore } from './take-turn';

/** What commands need that have their place. */
export interface OrderLife {
  readonly orders: OrderStore;
  readonly settings: LifeSettings;
}

/** What requests of other systems need besides: a place in line, or the bus on which they are refused. */
export interface OpenOrderLife extends OrderLife {
  readonly sequences: SequenceStore;
  readonly publish: Publish<OrderEvent>;
}

/**
 * Consumes an event about an order: lets a command take its turn.
 *
 * @throws PoisonMessage when it is no command that has its place.
 */
export async function consumeCommand(body: string, { orders, settings }: OrderLife): Promise<Outcome> {
  const command = readLifeEvent(body);
  if (!hasPlace(command)) throw new PoisonMessage('the command has no place in the line of its order');
  return takeTurn(command, orders, settings);
}

/**
 * Consumes an event that may come from another system, too: such a request is checked and gets its place on arrival.
 *
 * @throws PoisonMessage when it names no order, or has no id.
 */
export async function consumeCommandOrRequest(body: string, life: OpenOrderLife): Promise<Outcome> {
  const event = readLifeEvent(body);
  return hasPlace(event) ? takeTurn(event, life.orders, life.settings) : consumeRequest(event, life);
}

/** Consumes the events of a batch, those about one order one after the other: at once, they would only get into each other's way. */
export const orderByOrder = (consume: (body: string) => Promise<Outcome>): ((record: SQSRecord) => Promise<Outcome>) =>
  oneAtATime(({ body }) => orderIdOfEvent(body), ({ body }) => consume(body));

async function consumeRequest(request: OutsideRequest, { orders, settings, sequences, publish }: OpenOrderLife): Promise<Outcome> {
  const { data, refused } = { data: undefined, ...judgeRequest(request) };
  if (refused) {
    // It changes nothing in the table, so nothing follows from its stream: it is said before the message is deleted.
    await publishOne(publish, refused);
    return outcomeOf(refused);
  }
  const { payload, faults, ...rest } = request;
  const place = await takePlace(request.orderId, request.commandId, sequences, false);
  return takeTurn({ ...rest, ...place, data } as LifeCommand, orders, settings);
}
