import type { Environment } from './lambda';
import { LATENCIES } from './latency';
import { messageOf } from './message';
import type { RegionLimits } from './published-limits';
import type { Queue } from './queue';
import { DelayingLimit, RateLimit } from './rate-limit';
import { sendWithRetries } from './send-with-retries';
import type { World } from './world';

/** An event about an order. */
export interface OrderEvent {
  readonly order: number;
  readonly type: string;
  /** Whether the history has it, so that the history queue does not receive it. */
  readonly isRecorded: boolean;
}

/** The queues that receive each type of event: of recorded ones, and of others. */
export interface Targets {
  readonly recorded: Readonly<Record<string, readonly Queue[]>>;
  readonly unrecorded: Readonly<Record<string, readonly Queue[]>>;
}

/** The entries of a request, and the handlers' own attempts for those that failed (`publish-events.ts`). */
const ENTRIES = 10;
const ATTEMPTS = 3;
const PAUSE = 50;

/** The bus, with the queues that receive each type of event. */
export class EventBus {
  private readonly requests: RateLimit;
  private readonly invocations: DelayingLimit;

  constructor(
    private readonly world: World, { putEvents, invocations }: RegionLimits, private readonly targets: Targets,
  ) {
    this.requests = new RateLimit(world, 'EventBridge: PutEvents', putEvents);
    this.invocations = new DelayingLimit(world, 'EventBridge: deliveries to targets', invocations);
  }

  /** Publishes events as handlers do. `end` receives those that failed. */
  publish(environment: Environment, events: readonly OrderEvent[], end: (failed: readonly OrderEvent[]) => void, attempt = 1): void {
    const { clock, random } = this.world;
    sendWithRetries(this.world, environment, {
      items: Array.from({ length: Math.ceil(events.length / ENTRIES) }, (_, index) => events.slice(index * ENTRIES, (index + 1) * ENTRIES)),
      latency: LATENCIES.putEvents,
      send: (entries) => this.put(entries),
      end: (failed) => {
        if (failed.length === 0 || attempt === ATTEMPTS) return end(failed.flat());
        clock.after(random.next() * PAUSE * 2 ** (attempt - 1), () => { this.publish(environment, failed.flat(), end, attempt + 1); });
      },
    });
  }

  private put(entries: readonly OrderEvent[]): boolean {
    if (!this.requests.take()) return false;
    const { clock, random } = this.world;
    const deliveries = entries.flatMap(({ order, type, isRecorded }) => (this.targets[isRecorded ? 'recorded' : 'unrecorded'][type] ?? []).map((queue) => ({ order, queue })));
    for (const [queue, own] of Map.groupBy(deliveries, (delivery) => delivery.queue)) {
      const delay = this.invocations.delayOf(own.length) + LATENCIES.delivery.longestOf(1, random);
      clock.after(delay, () => { queue.send(own.map(({ order }) => messageOf(order, clock.now))); });
    }
    return true;
  }
}
