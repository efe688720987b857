import { nextVersion, type CommandResult, type LifecycleSettings } from './command-definition';
import { pendingConfirmation, restartDecision } from './confirmation-state';
import { keepFulfillments } from './fulfillment';
import { withOrder, type PlacedItem } from './order-item';
import type { SequencedCommand } from './sequenced-command';
import { EVENT_TYPE, PENDING_CHANGE_POLICY, REFUSAL_CODE, type RefusalCode } from '../../../src/private/contract';
import { listErrors } from '../json/field-error';
import type { ValidOrder } from '../orders/order-document';
import { ORDER_STATES } from '../orders/order-states';

/** The result of a change of an order. A pending order is decided anew, and what is fulfilled stays. */
export function changePlacedOrder(
  item: PlacedItem, after: ValidOrder, changed: readonly string[], command: SequencedCommand, now: Date, settings: LifecycleSettings,
): CommandResult {
  const { value: kept, errors } = keepFulfillments(item, after);
  if (errors) return { code: REFUSAL_CODE.INVALID_COMMAND, errors: listErrors(errors) };
  const next = { ...withOrder(item, after), ...kept, ...nextVersion(item, now) };
  if (item.status !== 'PENDING') return { item: next, data: { changed }, done: EVENT_TYPE.ORDER_CHANGED };
  const confirmation = restartDecision(item.confirmation!, command, now, settings.confirmation);
  return { item: { ...next, confirmation }, data: { changed, confirmation: pendingConfirmation(confirmation) }, done: EVENT_TYPE.ORDER_CHANGED };
}

/** Why an order cannot change at present, if it cannot. */
export function changeRefusal({ status }: PlacedItem, { confirmation }: LifecycleSettings): RefusalCode | undefined {
  if (status === 'PENDING' && confirmation?.onChange === PENDING_CHANGE_POLICY.REFUSE) return REFUSAL_CODE.ORDER_PENDING;
  const transition = ORDER_STATES[status].ChangeOrder;
  return transition.kind === 'refuse' ? transition.code : undefined;
}
