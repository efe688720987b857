import { REFUSAL_CODE, type EventType, type RefusalCode } from '../../../src/private/contract';
import type { EventData } from '../events/event';
import { invalidOrder } from '../events/rejection';
import type { FieldError } from '../json/field-error';
import { validateShape } from '../json/validate-shape';
import { COMMANDS, REFUSAL_REASON, type Channel } from '../lifecycle/order-states';
import { cancellationRequestSchema, changeRequestSchema } from '../orders/order-change';
import type { OrderCommand } from '../orders/order-command';
import { validateOrderRules } from '../orders/order-rules';
import { validateOrderShape } from '../orders/order-shape';

type CommandValidationOf<Type extends EventType> = { [Each in Type]: { readonly type: Each; readonly data: EventData[Each] } }[Type];

/** What is to be said of a command: that the order may do what it asks, or that it may not, and why. */
export type CommandValidation = CommandValidationOf<
'OrderValidated' | 'OrderRejected' | 'OrderChangeRequested' | 'OrderChangeRefused' | 'OrderCancellationRequested' | 'OrderCancellationRefused'
>;

/** Whether what is said goes on to the order's table, and so needs a place in the line of the order's commands. */
export const needsSequence = ({ type }: CommandValidation): boolean => type !== 'OrderChangeRefused' && type !== 'OrderCancellationRefused';

/** Second validation: what a command leads to. The shape was checked at the door, but others may write to the queue. */
export function validateCommand(command: OrderCommand): CommandValidation {
  switch (command.commandType) {
    case 'PlaceOrder': return validatePlacement(command);
    case 'ChangeOrder': return validateChange(command.payload, command.channel);
    case 'CancelOrder': return validateCancellation(command.payload, command.channel);
  }
}

/** What is said of a command that nobody looks at more closely. An order is always looked at. */
export const refusalFor = ({ commandType }: OrderCommand, code: RefusalCode): CommandValidation =>
  ({ type: commandType === 'CancelOrder' ? 'OrderCancellationRefused' : 'OrderChangeRefused', data: refusal(code) });

function validatePlacement({ payload, orderId }: OrderCommand): CommandValidationOf<'OrderValidated' | 'OrderRejected'> {
  const shape = validateOrderShape(payload);
  if (shape.errors) return { type: 'OrderRejected', data: invalidOrder(shape.errors) };
  if (shape.value.orderId !== orderId) {
    const error = { path: '/orderId', code: 'ORDER_ID_MISMATCH', message: 'must be the order id of its command' };
    return { type: 'OrderRejected', data: invalidOrder([error]) };
  }
  const rules = validateOrderRules(shape.value);
  return rules.errors
    ? { type: 'OrderRejected', data: invalidOrder(rules.errors, shape.value.customerId) }
    : { type: 'OrderValidated', data: { order: rules.value } };
}

/** A change, wherever it comes from. */
export function validateChange(payload: unknown, channel: Channel): CommandValidationOf<'OrderChangeRequested' | 'OrderChangeRefused'> {
  if (!COMMANDS.ChangeOrder.askedBy.includes(channel)) return { type: 'OrderChangeRefused', data: refusal(REFUSAL_CODE.NOT_ALLOWED) };
  const { value, errors } = validateShape(changeRequestSchema, payload);
  return errors
    ? { type: 'OrderChangeRefused', data: refusal(REFUSAL_CODE.INVALID_COMMAND, errors) }
    : { type: 'OrderChangeRequested', data: value };
}

/** A cancellation, wherever it comes from. */
export function validateCancellation(payload: unknown, channel: Channel): CommandValidationOf<'OrderCancellationRequested' | 'OrderCancellationRefused'> {
  if (!COMMANDS.CancelOrder.askedBy.includes(channel)) return { type: 'OrderCancellationRefused', data: refusal(REFUSAL_CODE.NOT_ALLOWED) };
  const { value, errors } = validateShape(cancellationRequestSchema, payload);
  return errors
    ? { type: 'OrderCancellationRefused', data: refusal(REFUSAL_CODE.INVALID_COMMAND, errors) }
    : { type: 'OrderCancellationRequested', data: value };
}

/** Why a command did nothing, where no order was looked at. */
export const refusal = (code: RefusalCode, errors?: readonly FieldError[]) => ({ code, reason: REFUSAL_REASON[code], ...(errors ? { errors } : {}) });
