import { changePlacedOrder, changeRefusal } from './change-placed-order';
import type { CommandResult, LifecycleSettings } from './command-definition';
import { keepFulfillments } from './fulfillment';
import { validOrderIn, type PlacedItem } from './order-item';
import type { Placement } from './place-order';
import { duplicateOrderId, notChangeable } from './rejection';
import type { SequencedCommand } from './sequenced-command';
import { EXISTING_ORDER_POLICY } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { changedFields } from '../orders/order-change';
import type { ValidOrder } from '../orders/order-document';
import { orderModel } from '../orders/order-model';
import { REFUSAL_REASON } from '../orders/order-states';

const REPEATED: CommandResult = { outcome: 'OrderRepeated' };

/** Applies a placement to the order that has its id: it repeats the order, changes it, or is rejected. */
export const placeExistingOrder = (
  item: PlacedItem, command: SequencedCommand<Placement>, now: Date, settings: LifecycleSettings,
): CommandResult =>
  (command.data.onExistingOrder === EXISTING_ORDER_POLICY.CHANGE ? changeTo(item, command, now, settings) : compareWithPlacement(item, command.data));

/** A client that repeats its placement does not know of later changes, so the present content does not matter. */
const compareWithPlacement = ({ placement }: PlacedItem, { fingerprint }: Placement): CommandResult =>
  (placement.fingerprint === fingerprint ? REPEATED : { rejection: duplicateOrderId() });

/** Makes the order as the placement has it: its sender does not know of the present content, and wants this one. */
function changeTo(item: PlacedItem, command: SequencedCommand<Placement>, now: Date, settings: LifecycleSettings): CommandResult {
  const { data } = command;
  const before = validOrderIn(item);
  const after: ValidOrder = { orderId: before.orderId, order: data.order!, facts: data.facts! };
  const changed = changedFields(before, after);
  if (changed.length === 0) return REPEATED;
  const { errors: lost = [] } = keepFulfillments(item, after);
  const errors = [...statusErrors(item, settings), ...orderModel.differenceErrors(before.order, after.order), ...lost];
  if (errors.length > 0) return { rejection: notChangeable(errors) };
  return changePlacedOrder(item, after, changed, command, now, settings);
}

/** The status allows the change if it allows any other change. */
function statusErrors(item: PlacedItem, settings: LifecycleSettings): FieldError[] {
  const code = changeRefusal(item, settings);
  return code ? [{ path: '', code, message: REFUSAL_REASON[code] }] : [];
}
