import type { SQSRecord } from 'aws-lambda';
import { applyInSequence, type OrderStore } from './apply-in-sequence';
import type { BusRequest } from './bus-request';
import { isSequenced, orderIdOfEvent, readCommandEvent } from './read-command-event';
import { validateRequest } from './validate-request';
import type { LifecycleSettings } from '../commands/command-definition';
import type { SequencedCommand } from '../commands/sequenced-command';
import type { OrderEvent } from '../events/event';
import { outcomeOf } from '../events/outcome-of';
import { publishEvent, type Publish } from '../events/publish-events';
import { PoisonMessage } from '../messaging/errors';
import { serialByKey } from '../messaging/serial-by-key';
import { assertTenant, identityOf } from '../orders/order-identity';
import type { Outcome } from '../telemetry/outcome';
import { assignSequence, type SequenceStore } from '../validation/assign-sequence';

/** Dependencies of consumers of sequenced commands. */
export interface LifecycleContext {
  readonly orders: OrderStore;
  readonly settings: LifecycleSettings;
}

/** Dependencies of consumers that also take requests of other systems: these need a sequence number, or a refusal on the bus. */
export interface BusRequestContext extends LifecycleContext {
  readonly sequences: SequenceStore;
  readonly publish: Publish<OrderEvent>;
  /** Whether orders belong to tenants. */
  readonly hasTenants: boolean;
}

/**
 * Consumes the event of a validated command, and applies the command in sequence.
 *
 * @throws PoisonMessage when the event is not a command with a sequence number.
 */
export async function consumeCommand(body: string, { orders, settings }: LifecycleContext): Promise<Outcome> {
  const command = readCommandEvent(body);
  if (!isSequenced(command)) throw new PoisonMessage('the command has no sequence number');
  return applyInSequence(command, orders, settings);
}

/**
 * Consumes the event of a command that may come from another system. Such a request is validated and gets its sequence number here.
 *
 * @throws PoisonMessage when the event has no order id, no tenant or no event id.
 */
export async function consumeCommandOrRequest(body: string, context: BusRequestContext): Promise<Outcome> {
  const event = readCommandEvent(body);
  return isSequenced(event) ? applyInSequence(event, context.orders, context.settings) : consumeRequest(event, context);
}

/** Consumes the events of one order one after the other: concurrently, they would only cause write conflicts. */
export const serialByOrder = (consume: (body: string) => Promise<Outcome>): ((record: SQSRecord) => Promise<Outcome>) =>
  serialByKey(({ body }) => orderIdOfEvent(body), ({ body }) => consume(body));

async function consumeRequest(request: BusRequest, { orders, settings, sequences, publish, hasTenants }: BusRequestContext): Promise<Outcome> {
  assertTenant(identityOf(request.orderId).tenant, hasTenants, '/detail/metadata/tenant');
  const { data, refused } = { data: undefined, ...validateRequest(request) };
  if (refused) {
    // The request writes nothing to the table, so no stream record publishes the refusal: it is published before the message is deleted.
    await publishEvent(publish, refused);
    return outcomeOf(refused);
  }
  const { payload, faults, ...rest } = request;
  const { sequence, previousAt } = await assignSequence(request.orderId, request.commandId, sequences, false);
  const command: SequencedCommand = { ...rest, sequence, ...(previousAt ? { previousAt } : {}), data };
  return applyInSequence(command, orders, settings);
}
