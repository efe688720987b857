import { REFUSAL_CODE, type RefusalCode } from '../../../src/private/contract';
import type { CommandDefinition, CommandRequest } from '../commands/command-definition';
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
export function validateCommand({ commandType, channel, payload, errors, ...request }: OrderCommand): CommandValidation {
  const definition = definitionOf(commandType);
  if (!definition.channels.includes(channel)) return refuseRequest(definition, REFUSAL_CODE.NOT_ALLOWED);
  return errors ? invalidRequest(definition, errors) : validatePayload(definition, payload, request);
}

/** Validates the payload of a command from any channel. */
export function validatePayload(definition: CommandDefinition, payload: unknown, request: CommandRequest): CommandValidation {
  return (definition.validate?.(payload, request) ?? matchSchema(definition, payload)) as CommandValidation;
}

function matchSchema(definition: CommandDefinition, payload: unknown): CommandValidation {
  const { value, errors } = { value: undefined, ...validateShape(definition.requestSchema, payload) };
  return errors ? invalidRequest(definition, errors) : ({ type: definition.requested, data: value }) as CommandValidation;
}

/** Answers a request with errors in its JSON or in its fields. */
export const invalidRequest = (definition: CommandDefinition, errors: readonly FieldError[]): CommandValidation =>
  (definition.invalid?.(errors) as CommandValidation | undefined) ?? refuseRequest(definition, REFUSAL_CODE.INVALID_COMMAND, errors);

/** Refuses a command before it is applied to an order. */
export const refuseRequest = ({ refused }: CommandDefinition, code: RefusalCode, errors?: readonly FieldError[]): CommandValidation =>
  ({ type: refused, data: refusal(code, errors) }) as CommandValidation;
