import { isDeepStrictEqual } from 'node:util';
import { AFTER_WAITING, type Ask, type LifeOutcome } from './life-scenario';
import type { Observer } from './observe';
import type { Answer, OrdersApi } from '../test/support/orders-api';
import type { OrdersBus } from '../test/support/orders-bus';

/** Something that was asked of an order, and what became of it; `undefined` while, or when, nobody knows. */
export interface SettledAsk {
  readonly ask: Ask;
  readonly correlationId: string;
  /** The HTTP status; undefined for what was said on the bus. */
  readonly status?: number;
  readonly outcome?: LifeOutcome;
  readonly reason?: string;
}

const DONE: readonly [string, LifeOutcome][] = [['OrderConfirmed', 'confirmed'], ['OrderChanged', 'changed'], ['OrderCancelled', 'cancelled']];
const REFUSED = ['OrderChangeRefused', 'OrderCancellationRefused', 'OrderFulfillmentRefused', 'OrderRejected'];

/** Asks things of orders, over REST and over the bus, and finds out from outside what became of them. */
export class LifeFollower {
  constructor(private readonly api: OrdersApi, private readonly bus: OrdersBus, private readonly observer: Observer) {}

  /** Sends what is asked, at once. */
  public send(asks: readonly Ask[], firstNumber: number): Promise<SettledAsk[]> {
    return Promise.all(asks.map((ask, index) => this.sendOne(ask, `life-${firstNumber + index}`)));
  }

  /** What became of something that was asked, from what can be seen. */
  public async settle(asked: SettledAsk): Promise<SettledAsk> {
    if (asked.status !== undefined && asked.status !== 202) return { ...asked, outcome: 'turned away' };
    const { ask, correlationId } = asked;
    const done = DONE.find(([type]) => this.observer.eventsOf(type, correlationId).length > 0);
    if (done) return { ...asked, outcome: done[1] };
    const [refused] = REFUSED.flatMap((type) => this.observer.eventsOf(type, correlationId));
    if (refused) return { ...asked, outcome: 'refused', reason: refused.detail.data.code };
    if (this.observer.isDeadLettered(correlationId)) return { ...asked, outcome: 'dead-lettered' };
    if (this.observer.inFlight > 0) return asked;
    return { ...asked, outcome: silentOutcome(ask, await this.api.get(ask.orderId)) };
  }

  private async sendOne(ask: Ask, correlationId: string): Promise<SettledAsk> {
    const { orderId, patch, cancellation, placement, ifMatch } = ask;
    const headers = { 'X-Correlation-Id': correlationId, ...(ifMatch ? { 'If-Match': ifMatch } : {}) };
    if (ask.fulfillment) {
      await this.bus.say('OrderFulfilled', { orderId, eventId: `warehouse-${orderId}`, correlationId }, { carrier: 'by bike' });
      return { ask, correlationId };
    }
    const { status, body } = patch ? await this.api.patch(orderId, patch, headers)
      : cancellation ? await this.api.cancel(orderId, cancellation, headers) : await this.api.post(placement, headers);
    const errors: { path: string; code: string }[] = body.errors ?? [];
    return { ask, correlationId, status, reason: errors.map(({ path, code }) => `${path} ${code}`).join(', ') };
  }
}

/** What changes nothing leaves no event: then the order already was as it should be, or is not there yet. */
function silentOutcome(ask: Ask, { status, body }: Answer): LifeOutcome | undefined {
  if (status === 404) return 'waits';
  if (ask.fulfillment) return body.status === 'FULFILLED' ? 'fulfilled' : undefined;
  if (ask.cancellation) return body.status === 'CANCELLED' ? 'repeated' : undefined;
  return Object.entries(ask.patch ?? {}).every(([field, value]) => isDeepStrictEqual(body[field], value)) ? 'repeated' : undefined;
}

/** What should have become of something at the end, when nothing waits any more. */
const expectedAtTheEnd = ({ expected }: Ask): LifeOutcome => (expected === 'waits' ? AFTER_WAITING : expected);

/** Asks that ended otherwise than the scenario says. */
export const lifeSurprises = (settled: readonly SettledAsk[]): SettledAsk[] => settled.filter(({ ask, outcome, reason }) =>
  outcome !== expectedAtTheEnd(ask) || (ask.code !== undefined && reason !== ask.code));
