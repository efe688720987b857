import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import type { EventFacts } from '#shared';

/** The EventBridge client of the handlers, mocked. */
export const eventBridge = mockClient(EventBridgeClient);

/** EventBridge accepts every event, except those for which `refuses` returns true. `request` counts the PutEvents requests from 1. */
export function acceptEvents(refuses: (detail: Detail, request: number) => boolean = () => false): void {
  let requests = 0;
  eventBridge.on(PutEventsCommand).callsFake(({ Entries = [] }: { Entries?: PutEventsRequestEntry[] }) => {
    requests++;
    const results = Entries.map((entry): PutEventsResultEntry =>
      refuses(detailOf(entry), requests) ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' } : { EventId: 'accepted' });
    return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode).length, Entries: results };
  });
}

/** Returns the entries of every PutEvents request of this test, in order. */
export const putEventsRequests = (): PutEventsRequestEntry[][] =>
  eventBridge.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => input.Entries ?? []);

/** Returns the events of all PutEvents requests of this test. */
export const publishedEvents = (): (Detail & { readonly type: string })[] =>
  putEventsRequests().flat().map((entry) => ({ type: entry.DetailType!, ...detailOf(entry) }));

/** The `detail` of an event. */
export interface Detail {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests access fields of any event
  readonly metadata: any;
  readonly facts: EventFacts;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests access fields of any event
  readonly data: any;
}

const detailOf = (entry: PutEventsRequestEntry): Detail => JSON.parse(entry.Detail!) as Detail;
