import { REFUSAL_CODE, type RefusalCode } from '../../../src/private/contract';
import type { CommandDefinition, EventContent } from '../commands/command-definition';
import type { OrderCommand } from '../commands/order-command';
import { refusal } from '../commands/refusal';
import { definitionOf, requestedBy } from '../commands/registry';
import type { OrderEvent } from '../events/event';
import type { FieldError } from '../json/field-error';
import { validateShape } from '../json/validate-shape';
import type { OrderFacts } from '../orders/order-facts';

type ContentOf<Event> = Event extends OrderEvent ? Pick<Event, 'type' | 'data'> & { readonly facts?: OrderFacts } : never;

/** The event that a command leads to: it requests the command, or refuses it. */
export type CommandValidation = ContentOf<OrderEvent>;

/** Whether an event requests a command, which then needs a sequence number. */
export const needsSequence = ({ type }: CommandValidation): boolean => requestedBy(type) !== undefined;

/** Validates a command completely: the API checked its shape, but other systems may write to the queue. */
export function validateCommand({ commandType, channel, payload, orderId }: OrderCommand): CommandValidation {
  const definition = definitionOf(commandType);
  return definition.channels.includes(channel) ? validatePayload(definition, payload, orderId) : refuseRequest(definition, REFUSAL_CODE.NOT_ALLOWED);
}

/** Validates the payload of a command from any channel. */
export function validatePayload(definition: CommandDefinition, payload: unknown, orderId: string): CommandValidation {
  return (definition.validate?.(payload, orderId) ?? matchSchema(definition, payload)) as CommandValidation;
}

function matchSchema(definition: CommandDefinition, payload: unknown): EventContent {
  const { value, errors } = { value: undefined, ...validateShape(definition.requestSchema, payload) };
  return errors ? refuseRequest(definition, REFUSAL_CODE.INVALID_COMMAND, errors) : { type: definition.requested, data: value };
}

/** Refuses a command before it is applied to an order. */
export const refuseRequest = ({ refused }: CommandDefinition, code: RefusalCode, errors?: readonly FieldError[]): CommandValidation =>
  ({ type: refused, data: refusal(code, errors) }) as CommandValidation;
