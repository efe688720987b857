import { checkOrderRules } from './check-order-rules';
import { checkOrderShape } from './check-order-shape';
import { checkShape } from './check-shape';
import type { OrderCommand } from './command';
import type { EventData } from './event';
import { cancellationRequestSchema, changeRequestSchema } from './order-change';
import type { OrderError } from './order-error';
import { COMMANDS, REFUSAL_REASON, type Channel } from './order-life/order-states';
import { invalidOrder } from './rejection';
import { REFUSAL_CODE, type EventType, type RefusalCode } from '../../src/private/contract';

type JudgementOf<Type extends EventType> = { [Each in Type]: { readonly type: Each; readonly data: EventData[Each] } }[Type];

/** What is to be said of a command: that the order may do what it asks, or that it may not, and why. */
export type Judgement = JudgementOf<
'OrderValidated' | 'OrderRejected' | 'OrderChangeRequested' | 'OrderChangeRefused' | 'OrderCancellationRequested' | 'OrderCancellationRefused'
>;

/** Whether what is said goes on to the order's table, and so needs a place in the line of the order's commands. */
export const takesPlace = ({ type }: Judgement): boolean => type !== 'OrderChangeRefused' && type !== 'OrderCancellationRefused';

/** Second validation: what a command leads to. The shape was checked at the door, but others may write to the queue. */
export function judgeCommand(command: OrderCommand): Judgement {
  switch (command.commandType) {
    case 'PlaceOrder': return judgePlacement(command);
    case 'ChangeOrder': return judgeChange(command.payload, command.channel);
    case 'CancelOrder': return judgeCancellation(command.payload, command.channel);
  }
}

/** What is said of a command that nobody looks at more closely. An order is always looked at. */
export const refusalFor = ({ commandType }: OrderCommand, code: RefusalCode): Judgement =>
  ({ type: commandType === 'CancelOrder' ? 'OrderCancellationRefused' : 'OrderChangeRefused', data: refusal(code) });

function judgePlacement({ payload, orderId }: OrderCommand): JudgementOf<'OrderValidated' | 'OrderRejected'> {
  const shape = checkOrderShape(payload);
  if (shape.errors) return { type: 'OrderRejected', data: invalidOrder(shape.errors) };
  if (shape.value.orderId !== orderId) {
    const error = { path: '/orderId', code: 'ORDER_ID_MISMATCH', message: 'must be the order id of its command' };
    return { type: 'OrderRejected', data: invalidOrder([error]) };
  }
  const rules = checkOrderRules(shape.value);
  return rules.errors
    ? { type: 'OrderRejected', data: invalidOrder(rules.errors, shape.value.customerId) }
    : { type: 'OrderValidated', data: { order: rules.value } };
}

/** A change, wherever it comes from. */
export function judgeChange(payload: unknown, channel: Channel): JudgementOf<'OrderChangeRequested' | 'OrderChangeRefused'> {
  if (!COMMANDS.ChangeOrder.askedBy.includes(channel)) return { type: 'OrderChangeRefused', data: refusal(REFUSAL_CODE.NOT_ALLOWED) };
  const { value, errors } = checkShape(changeRequestSchema, payload);
  return errors
    ? { type: 'OrderChangeRefused', data: refusal(REFUSAL_CODE.INVALID_COMMAND, errors) }
    : { type: 'OrderChangeRequested', data: value };
}

/** A cancellation, wherever it comes from. */
export function judgeCancellation(payload: unknown, channel: Channel): JudgementOf<'OrderCancellationRequested' | 'OrderCancellationRefused'> {
  if (!COMMANDS.CancelOrder.askedBy.includes(channel)) return { type: 'OrderCancellationRefused', data: refusal(REFUSAL_CODE.NOT_ALLOWED) };
  const { value, errors } = checkShape(cancellationRequestSchema, payload);
  return errors
    ? { type: 'OrderCancellationRefused', data: refusal(REFUSAL_CODE.INVALID_COMMAND, errors) }
    : { type: 'OrderCancellationRequested', data: value };
}

/** Why a command did nothing, where no order was looked at. */
export const refusal = (code: RefusalCode, errors?: readonly OrderError[]) => ({ code, reason: REFUSAL_REASON[code], ...(errors ? { errors } : {}) });
