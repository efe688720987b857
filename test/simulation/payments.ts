import type { EventBus } from './event-bus';
import { payloadOf } from './payload';
import type { World } from './requests';
import type { PendingOrder } from '../../handlers/shared';

/** When a postponed decision is published, in milliseconds: in time, about at the timeout of 10 minutes, or late. */
const DELAYS = [1000, 60_000, 590_000, 610_000, 3_600_000];

/**
 * The function of the app that decides about pending orders. It may decide otherwise about the same order the next time, and publishes some
 * decisions later: in time or not, twice, in contradiction, or never.
 */
export function payments(world: World, bus: EventBus, orders: readonly PendingOrder[], isBroken: boolean): unknown {
  const random = world.randomStreams.of('payments');
  if (isBroken) return random.chance(0.5) ? payloadOf({}, 'Unhandled') : payloadOf({ results: [] });
  const results = orders.map((order) => {
    const answer = random.pick(['CONFIRM', 'CONFIRM', 'CONFIRM', 'REJECT', 'LATER', 'LATER'] as const);
    if (answer === 'LATER') decideLater(world, bus, order);
    return { decision: answer, ...(answer === 'REJECT' ? { reasons: REASONS } : {}) };
  });
  return payloadOf({ results });
}

const REASONS = [{ code: 'OUT_OF_STOCK', message: 'is not in stock' }];

function decideLater(world: World, bus: EventBus, { orderId, decisionId }: PendingOrder): void {
  const random = world.randomStreams.of('payments');
  const times = random.pick([0, 1, 1, 1, 2]);
  for (let time = 0; time < times; time++) {
    const decision = random.pick(['CONFIRM', 'CONFIRM', 'REJECT'] as const);
    const data = { decisionId, decision, ...(decision === 'REJECT' ? { reasons: REASONS } : {}) };
    const Detail = JSON.stringify({ metadata: { orderId, eventId: `outside-${decisionId}-${decision}` }, data });
    const entry = { EventBusName: 'Bus', Source: 'orders', DetailType: 'OrderConfirmationDecided', Detail };
    world.clock.after(random.pick(DELAYS) + random.below(5000), () => { bus.putEvents({ Entries: [entry] }); });
  }
}
