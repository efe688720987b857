import { nextVersion, type CommandResult } from './command-definition';
import { validOrderIn, withOrder, type PlacedItem } from './order-item';
import type { Placement } from './place-order';
import { duplicateOrderId, notChangeable } from './rejection';
import type { SequencedCommand } from './sequenced-command';
import { EVENT_TYPE, EXISTING_ORDER_POLICY } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { changedFields } from '../orders/order-change';
import type { ValidOrder } from '../orders/order-document';
import { orderModel } from '../orders/order-model';
import { ORDER_STATES, REFUSAL_REASON } from '../orders/order-states';

const REPEATED: CommandResult = { outcome: 'OrderRepeated' };

/** Applies a placement to the order that has its id: it repeats the order, changes it, or is rejected. */
export const placeExistingOrder = (item: PlacedItem, { data }: SequencedCommand<Placement>, now: Date): CommandResult =>
  (data.onExistingOrder === EXISTING_ORDER_POLICY.CHANGE ? changeTo(item, data, now) : compareWithPlacement(item, data));

/** A client that repeats its placement does not know of later changes, so the present content does not matter. */
const compareWithPlacement = ({ placement }: PlacedItem, { fingerprint }: Placement): CommandResult =>
  (placement.fingerprint === fingerprint ? REPEATED : { rejection: duplicateOrderId() });

/** Makes the order as the placement has it: its sender does not know of the present content, and wants this one. */
function changeTo(item: PlacedItem, data: Placement, now: Date): CommandResult {
  const before = validOrderIn(item);
  const after: ValidOrder = { orderId: before.orderId, order: data.order!, facts: data.facts! };
  const changed = changedFields(before, after);
  if (changed.length === 0) return REPEATED;
  const errors = [...statusErrors(item), ...orderModel.differenceErrors(before.order, after.order)];
  if (errors.length > 0) return { rejection: notChangeable(errors) };
  return { item: { ...withOrder(item, after), ...nextVersion(item, now) }, data: { changed }, done: EVENT_TYPE.ORDER_CHANGED };
}

/** The status allows the change if it allows any other change. */
function statusErrors({ status }: PlacedItem): FieldError[] {
  const transition = ORDER_STATES[status].ChangeOrder;
  return transition.kind === 'refuse' ? [{ path: '', code: transition.code, message: REFUSAL_REASON[transition.code] }] : [];
}
