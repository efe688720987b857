import type { PutEventsCommandInput, PutEventsCommandOutput, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { RetryableError } from '../messaging/errors';
import { pack } from '../messaging/pack';
import { retryFailedEntries } from '../messaging/retry-failed-entries';

/** Any event for the bus. */
export interface BusEvent {
  readonly type: string;
  readonly metadata: object;
  /** The facts of the order, in events about one. */
  readonly facts?: object;
  readonly data?: object | null;
}

/** Publishes events; returns those that failed, each with the error. */
export type Publish<Event extends BusEvent> = (events: readonly Event[]) => Promise<Map<Event, Error>>;

/** The bus, the source and the pipeline of events. */
export interface EventDestination {
  readonly busName: string;
  readonly source: string;
  /** Published in `metadata.pipeline` of every event, by which the rules of a pipeline distinguish its events from those of others on the bus. */
  readonly pipeline: string;
  /** The events that the history has already: they are published with `detail.recorded`, and the history does not receive them. */
  readonly recorded?: ReadonlySet<BusEvent>;
  /** Sends one PutEvents request. */
  readonly putEvents: (input: PutEventsCommandInput) => Promise<PutEventsCommandOutput>;
}

/** PutEvents takes 10 entries a request, and has always taken 256 KiB: EventBridge's quotas. */
const LIMIT = { count: 10, bytes: 256 * 1024 };
const RETRY = { attempts: 3, pauseMs: 50 };

/**
 * Publishes events in as few requests as possible.
 *
 * @returns the events that failed, each with the error. It does not throw: an error of one request must not repeat the events of another.
 */
export async function publishEvents<Event extends BusEvent>(events: readonly Event[], to: EventDestination): Promise<Map<Event, Error>> {
  // Each event becomes text once, however often it is sent.
  const entries = new Map(events.map((event) => [event, toEntry(event, to)]));
  const batches = pack(events, LIMIT, (event) => entryBytes(entries.get(event)!));
  const failures = await Promise.all(batches.map((batch) => retryFailedEntries(batch, (failed) => putOnce(failed, entries, to), RETRY)));
  return new Map(failures.flatMap((failed) => [...failed]));
}

/**
 * Publishes one event.
 *
 * @throws Error when it could not be published.
 */
export async function publishEvent<Event extends BusEvent>(publish: Publish<Event>, event: Event): Promise<void> {
  const failures = await publish([event]);
  if (failures.has(event)) throw failures.get(event);
}

async function putOnce<Event extends BusEvent>(
  events: readonly Event[], entries: ReadonlyMap<Event, PutEventsRequestEntry>, to: EventDestination,
): Promise<Map<Event, Error>> {
  try {
    const { Entries = [] } = await to.putEvents({ Entries: events.map((event) => entries.get(event)!) });
    const refused = events.map((event, index) => [event, Entries[index]] as const).filter(([, entry]) => !entry?.EventId);
    return new Map(refused.map(([event, entry]) => [event, new RetryableError(`PutEvents.${entry?.ErrorCode ?? 'NoAnswer'}`, 'an event was not accepted')]));
  } catch (error) {
    return new Map(events.map((event) => [event, error as Error]));
  }
}

const toEntry = (event: BusEvent, to: EventDestination): PutEventsRequestEntry => ({
  EventBusName: to.busName,
  Source: to.source,
  DetailType: event.type,
  Detail: JSON.stringify({
    metadata: { ...event.metadata, pipeline: to.pipeline },
    facts: event.facts,
    data: event.data,
    ...(to.recorded?.has(event) ? { recorded: true } : {}),
  }),
});

/** How EventBridge counts an entry: its source, type and detail in UTF-8. */
const entryBytes = (entry: PutEventsRequestEntry): number =>
  Buffer.byteLength(entry.Source!) + Buffer.byteLength(entry.DetailType!) + Buffer.byteLength(entry.Detail!);
