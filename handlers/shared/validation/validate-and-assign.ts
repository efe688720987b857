import type { SQSRecord } from 'aws-lambda';
import { assignSequence, type SequenceAssignment, type SequenceStore } from './assign-sequence';
import { needsSequence, refuseRequest, validateCommand, type CommandValidation } from './validate-command';
import { REFUSAL_CODE } from '../../../src/private/contract';
import { commandSchema, type OrderCommand } from '../commands/order-command';
import { definitionOf } from '../commands/registry';
import { createEvent } from '../events/create-event';
import type { OrderEvent } from '../events/event';
import { parseMessage } from '../messaging/parse-message';
import { assertTenant, orderKey } from '../orders/order-identity';

/** A command with the event that it leads to and its sequence number: 0 for a refused command, which has none. */
export interface ValidatedCommand {
  readonly command: OrderCommand;
  readonly validation: CommandValidation;
  readonly assignment: SequenceAssignment;
}

/** Dependencies of validation. */
export interface ValidationContext {
  readonly sequences: SequenceStore;
  /** Command types that have a consumer. A sequence number without a consumer would block all later commands of the order. */
  readonly accepted: readonly string[];
  /** Whether orders belong to tenants. */
  readonly hasTenants: boolean;
}

/**
 * Parses and validates a command, and assigns its sequence number.
 *
 * @throws PoisonMessage when the message is not a command, or its tenant is missing.
 */
export async function validateAndAssign({ body }: SQSRecord, { sequences, accepted, hasTenants }: ValidationContext): Promise<ValidatedCommand> {
  const command = parseMessage(body, commandSchema);
  assertTenant(command.tenant, hasTenants, '/tenant');
  const { commandId, commandType } = command;
  const validation = accepted.includes(commandType) ? validateCommand(command) : refuseRequest(definitionOf(commandType), REFUSAL_CODE.NOT_ALLOWED);
  const assignment = needsSequence(validation) ? await assignSequence(orderKey(command), commandId, sequences, commandType === 'PlaceOrder') : { sequence: 0 };
  return { command, validation, assignment };
}

/** The event to publish for a validated command. When it is published again, it has the same ID and, with a sequence number, the same time. */
export function eventOf({ command, validation, assignment: { sequence, previousAt, at } }: ValidatedCommand): OrderEvent {
  const { orderId, tenant, commandId, correlationId, channel } = command;
  const cause = { orderId, tenant, commandId, sequence, previousAt, correlationId, causationId: commandId, channel };
  return createEvent(validation.type, cause, validation.data, { facts: validation.facts, occurredAt: at }) as OrderEvent;
}
