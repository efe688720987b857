import type { Account } from './account';
import { keyOf, placementOn, type Accepted } from './observations';

/** Every command of the bus in the orders queue is one that another system requested, of this pipeline. */
export function placementViolations({ bus, ordersQueue }: Account): string[] {
  const requested = new Set(bus.published.flatMap((event) => placementOn(event) ?? []).map(keyOf));
  return ordersQueue.accepted.filter((body) => !body.includes('poison-')).map((body) => JSON.parse(body) as Accepted & { readonly channel: string })
    .filter((command) => command.channel === 'bus' && !requested.has(keyOf(command)))
    .map(({ orderId, commandId }) => `placements: command ${commandId} of ${orderId} was never requested on the bus`);
}
