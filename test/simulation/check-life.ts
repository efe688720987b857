import { isDeepStrictEqual } from 'node:util';
import { keyOf, type Accepted, type Facts } from './facts';
import { maySkip, type Scenario } from './scenario';
import type { OrderItem } from '../../handlers/shared';
import { orderView } from '../../handlers/shared/queries/order-view';
import { expected, type Ask as ModelAsk, type Expected } from '../support/order-lifecycle-model';

/** Every order has become what its commands make of it, one after the other, and of each it was said what came of it. */
export function lifeViolations(facts: Facts, { options: { retention }, daysOfRest }: Scenario): string[] {
  return [...facts.places].flatMap(([orderId, places]) => {
    const expired = expiredOf(facts, orderId, retention, maySkip(daysOfRest));
    const line = places.map((place) => ({ ...place, accepted: facts.accepted.get(keyOf(place)), published: [...facts.outcomes.get(keyOf(place)) ?? []].join(' and ').replace('REJECTED_BY_HOOK', 'INVALID_ORDER') || 'nothing' }));
    const taken = line.filter(({ sequence }) => !expired.has(sequence));
    if (taken.some(({ accepted }) => !accepted?.ask)) return [`life: a command of ${orderId} has a place and should not`];
    const { order, outcomes } = expectedOf(taken, facts.forgotten.get(orderId) ?? 0);
    const shown = view(facts.item(orderId));
    return [
      ...isDeepStrictEqual(shown, order) ? [] : [`life: ${orderId} is ${JSON.stringify(shown)} and should be ${JSON.stringify(order)}`],
      ...taken.flatMap(({ sequence, published }, index) => (published === outcomes[index] ? [] : [`life: of command ${sequence} of ${orderId} it was said ${published}, not ${outcomes[index]}`])),
      ...line.flatMap(({ sequence, published }) => (!expired.has(sequence) || expired.get(sequence) === published ? [] : [`life: of command ${sequence} of ${orderId} it was said ${published}, not ${expired.get(sequence)}`])),
    ];
  });
}

interface Taken {
  readonly sequence: number;
  readonly accepted?: Accepted;
}

/** After an order was forgotten, its life begins anew. */
function expectedOf(taken: readonly Taken[], forgotten: number): Expected {
  const asksOf = (part: readonly Taken[]) => part.map(({ accepted }) => accepted!.ask as ModelAsk);
  const before = expected(asksOf(taken.filter(({ sequence }) => sequence <= forgotten)));
  const { order, outcomes } = expected(asksOf(taken.filter(({ sequence }) => sequence > forgotten)));
  return { order, outcomes: [...before.outcomes, ...outcomes] };
}

/** Commands that waited for too long, or had no room to wait, by their places, and what has to be said of them. */
function expiredOf({ account, accepted, forgotten }: Facts, orderId: string, retention: number, mayPass: boolean): Map<number, string> {
  const expired = new Map<number, string>();
  const skippedOnes = new Set<number>();
  const firstParked = new Map<string, number>();
  for (const { after } of account.tables.OrdersTable.writes) {
    const { orderId: id, outcome, pending = {}, skipped = [] } = (after ?? {}) as unknown as OrderItem;
    if (id !== orderId) continue;
    for (const [sequence, { until, isExpired, type, commandId }] of Object.entries(pending)) {
      firstParked.set(commandId, Math.min(until - retention, firstParked.get(commandId) ?? Infinity));
      // A rejection is said when the order is validated, and not again.
      if (isExpired && type === 'RejectOrder') expired.set(Number(sequence), 'OrderRejected INVALID_ORDER');
    }
    for (const [from, to] of mayPass ? skipped : []) {
      // What a line forgot is what it went on without, too.
      for (let sequence = Math.max(from, (forgotten.get(orderId) ?? 0) + 1); sequence <= to; sequence++) {
        // A rejection is said when the order is validated, and not again.
        expired.set(sequence, 'OrderRejected INVALID_ORDER');
        skippedOnes.add(sequence);
      }
    }
    const code = String(outcome?.data.code);
    if (outcome && code === 'TOO_MANY_PENDING') expired.set(outcome.sequence, `${outcome.type} ${code}`);
    if (outcome && ['EXPIRED', 'ORDER_NOT_FOUND'].includes(code)) {
      const due = (firstParked.get(outcome.commandId) ?? Infinity) + retention;
      const withDeadline = !skippedOnes.has(outcome.sequence) && Date.parse(outcome.at) / 1000 < due;
      expired.set(outcome.sequence, withDeadline ? 'anything else, because it had not waited for long enough' : `${outcome.type} ${code}`);
    }
    if (outcome && !accepted.has(keyOf({ orderId, commandId: outcome.commandId }))) expired.set(outcome.sequence, 'nothing, because nobody asked for it');
  }
  return expired;
}

/** The order as the model tells it. */
function view(item: OrderItem | undefined): Record<string, unknown> | undefined {
  if (!item || item.status === 'AWAITED') return undefined;
  const { orderId, customerId, currency, items, total, createdAt, updatedAt, rejection, ...rest } = orderView(item);
  return rest;
}
