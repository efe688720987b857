import { writeTimeout, type ItemWrite } from './item-write';
import { CONFIRMATION_DECISION } from '../../../src/private/contract';
import type { LifecycleSettings } from '../commands/command-definition';
import type { OrderItem } from '../commands/order-item';
import { confirmationTimedOut } from '../commands/rejection';
import { confirmOrder, rejectPendingOrder } from '../commands/settle-order';

/**
 * The write that confirms or rejects an order that was pending for too long. It comes before every command that arrives after the deadline, so
 * that a late decision is refused whenever `expire-pending-commands` is invoked.
 */
export function settleInTime(item: OrderItem | undefined, now: Date, settings: LifecycleSettings): ItemWrite | undefined {
  if (item?.status !== 'PENDING' || item.confirmation!.until * 1000 > now.getTime()) return undefined;
  const { onTimeout } = item.confirmation!;
  const settled = onTimeout === CONFIRMATION_DECISION.CONFIRM
    ? confirmOrder(item, now)
    : rejectPendingOrder(item, confirmationTimedOut(), now, settings);
  return writeTimeout(item, settled, now);
}
