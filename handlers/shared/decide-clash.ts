import type { EventOf } from './event';
import { fingerprint } from './fingerprint';
import type { ConfirmedItem } from './order-item';

/**
 * What it means when the id of a validated order is taken:
 * - `OrderRedelivered`: this very command took it; its message came twice.
 * - `OrderRepeated`: the same order was placed again, which changes nothing.
 * - `OrderDuplicateRejected`: another order has the id.
 */
export type Clash = 'OrderRedelivered' | 'OrderRepeated' | 'OrderDuplicateRejected';

/** Decides about a validated order whose id belongs to an order that stays. */
export function decideClash({ metadata, data }: EventOf<'OrderValidated'>, { placement }: ConfirmedItem): Clash {
  if (placement.commandId === metadata.commandId) return 'OrderRedelivered';
  return placement.fingerprint === fingerprint(data.order) ? 'OrderRepeated' : 'OrderDuplicateRejected';
}
