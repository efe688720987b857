import type { EventBus } from './event-bus';
import type { HandlerProfile, WriteProfile } from './handler-profile';
import type { Environment } from './lambda';
import { LATENCIES } from './latency';
import type { Message } from './message';
import { sendWithRetries } from './send-with-retries';
import type { OnDemandTable } from './table';
import type { World } from './world';

/** BatchExecuteStatement's limit. */
const STATEMENTS = 25;

/** What a handler does with a batch. `end` receives the messages that failed. */
export type Work = (environment: Environment, batch: readonly Message[], end: (failed: readonly Message[]) => void) => void;

/** What is observed of the work on an order. */
export interface Observer {
  readonly written: (order: number, table: string) => void;
  readonly published: (order: number, type: string) => void;
}

/** What a handler works with. */
export interface WorkContext {
  readonly world: World;
  readonly tables: ReadonlyMap<string, OnDemandTable>;
  readonly bus: EventBus;
  readonly observer: Observer;
}

/** CPU time in milliseconds: of an invocation, and of each message. */
export interface CpuTime {
  readonly perInvocation: number;
  readonly perMessage: number;
}

/**
 * The work of a handler with a profile: after its CPU time, it makes all writes concurrently, then records its events in the history, and then publishes
 * all events together.
 */
export const workOf = ({ writes, events, records }: HandlerProfile, { perInvocation, perMessage }: CpuTime, context: WorkContext): Work =>
  (environment, batch, end) => {
    context.world.clock.after(perInvocation + batch.length * perMessage, () => {
      writeAll(environment, batch, writes, context, (unwritten) => {
        const written = batch.filter((message) => !unwritten.has(message));
        recordAll(written, records, context, (recorded) => {
          publishAll(environment, written, { types: events, recorded }, context, (unpublished) => {
            end(batch.filter((message) => unwritten.has(message) || unpublished.has(message.order)));
          });
        });
      });
    });
  };

function writeAll(
  environment: Environment, batch: readonly Message[], writes: readonly WriteProfile[], { world, tables, observer }: WorkContext,
  end: (failed: ReadonlySet<Message>) => void,
): void {
  sendWithRetries(world, environment, {
    items: batch.flatMap((message) => writes.map((write) => ({ message, write }))),
    latency: LATENCIES.table,
    send: ({ message: { order }, write }) => {
      const isWritten = tables.get(write.table)!.write(order, write);
      if (isWritten) observer.written(order, write.table);
      return isWritten;
    },
    end: (failed) => { end(stopGroups(batch, new Set(failed.map(({ message }) => message)))); },
  });
}

/** After a message failed, those behind it in its group fail, too. */
function stopGroups(batch: readonly Message[], failed: Set<Message>): ReadonlySet<Message> {
  if (failed.size === 0) return failed;
  const stopped = new Set<number>();
  return new Set(batch.filter((message) => {
    if (failed.has(message)) stopped.add(message.group);
    return stopped.has(message.group);
  }));
}

/** Records an event of each message, with one attempt (`recording-publisher.ts`). `end` receives the orders whose events are recorded. */
function recordAll(
  batch: readonly Message[], records: WriteProfile | undefined, { world, tables, observer }: WorkContext,
  end: (recorded: ReadonlySet<number>) => void,
): void {
  if (!records || batch.length === 0) return end(new Set());
  world.clock.after(LATENCIES.table.longestOf(Math.ceil(batch.length / STATEMENTS), world.random), () => {
    const recorded = batch.filter(({ order }) => tables.get(records.table)!.write(order, records));
    for (const { order } of recorded) observer.written(order, records.table);
    end(new Set(recorded.map(({ order }) => order)));
  });
}

interface Publication {
  readonly types: readonly string[];
  /** The orders whose events are recorded. */
  readonly recorded: ReadonlySet<number>;
}

function publishAll(
  environment: Environment, batch: readonly Message[], { types, recorded }: Publication, { bus, observer }: WorkContext,
  end: (failed: ReadonlySet<number>) => void,
): void {
  const events = batch.flatMap(({ order }) => types.map((type) => ({ order, type, isRecorded: recorded.has(order) })));
  if (events.length === 0) return end(new Set());
  bus.publish(environment, events, (failures) => {
    const failed = new Set(failures.map(({ order }) => order));
    for (const { order, type } of events) if (!failed.has(order)) observer.published(order, type);
    end(failed);
  });
}
