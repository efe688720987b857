import { setTimeout as sleep } from 'node:timers/promises';
import type { PutEventsCommandInput, PutEventsCommandOutput, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { pack } from '../messaging/pack';
import { RetryableError } from '../messaging/retryable-error';

/** Anything that is said on the bus. */
export interface BusEvent {
  readonly type: string;
  readonly metadata: object;
  readonly data: object;
}

/** Says events on the bus; returns those that could not be said, each with the reason. */
export type Publish<Event extends BusEvent> = (events: readonly Event[]) => Promise<Map<Event, Error>>;

/** Where events go. */
export interface EventDestination {
  readonly busName: string;
  readonly source: string;
  /** Sends one PutEvents request. */
  readonly putEvents: (input: PutEventsCommandInput) => Promise<PutEventsCommandOutput>;
}

/** PutEvents takes 10 entries a request, and has always taken 256 KiB: EventBridge's quotas. */
const LIMIT = { count: 10, bytes: 256 * 1024 };

/** PutEvents answers 200 with failed entries in it, which the SDK does not retry. Attempts and first pause, with full jitter. */
const ATTEMPTS = 3;
const PAUSE_MS = 50;

/**
 * Says events on the bus.
 *
 * @returns the events that could not be said, each with the reason. It does not throw: trouble with one request is no reason
 * to say the events of another again.
 */
export async function publishEvents<Event extends BusEvent>(events: readonly Event[], to: EventDestination): Promise<Map<Event, Error>> {
  const batches = pack(events, LIMIT, (event) => entryBytes(toEntry(event, to)));
  const failures = await Promise.all(batches.map((batch) => publishBatch(batch, to)));
  return new Map(failures.flatMap((failed) => [...failed]));
}

async function publishBatch<Event extends BusEvent>(batch: readonly Event[], to: EventDestination): Promise<Map<Event, Error>> {
  let failed = await putOnce(batch, to);
  for (let attempt = 2; failed.size > 0 && attempt <= ATTEMPTS; attempt++) {
    await sleep(Math.random() * PAUSE_MS * 2 ** (attempt - 2));
    failed = await putOnce([...failed.keys()], to);
  }
  return failed;
}

async function putOnce<Event extends BusEvent>(events: readonly Event[], to: EventDestination): Promise<Map<Event, Error>> {
  try {
    const { Entries = [] } = await to.putEvents({ Entries: events.map((event) => toEntry(event, to)) });
    const refused = events.map((event, index) => [event, Entries[index]] as const).filter(([, entry]) => !entry?.EventId);
    return new Map(refused.map(([event, entry]) => [event, new RetryableError(`PutEvents.${entry?.ErrorCode ?? 'NoAnswer'}`, 'an event was not taken')]));
  } catch (error) {
    return new Map(events.map((event) => [event, error as Error]));
  }
}

const toEntry = (event: BusEvent, to: EventDestination): PutEventsRequestEntry => ({
  EventBusName: to.busName,
  Source: to.source,
  DetailType: event.type,
  Detail: JSON.stringify({ metadata: event.metadata, data: event.data }),
});

/** How EventBridge counts an entry: its source, type and detail in UTF-8. */
const entryBytes = (entry: PutEventsRequestEntry): number =>
  Buffer.byteLength(entry.Source!) + Buffer.byteLength(entry.DetailType!) + Buffer.byteLength(entry.Detail!);
