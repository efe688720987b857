import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';

/** EventBridge as a handler meets it. */
export const eventBridge = mockClient(EventBridgeClient);

/** Lets EventBridge take every event but those that `refuses` picks, by their detail and the number of the request (from 1). */
export function acceptEvents(refuses: (detail: Detail, request: number) => boolean = () => false): void {
  let requests = 0;
  eventBridge.on(PutEventsCommand).callsFake(({ Entries = [] }: { Entries?: PutEventsRequestEntry[] }) => {
    requests++;
    const results = Entries.map((entry): PutEventsResultEntry =>
      refuses(detailOf(entry), requests) ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' } : { EventId: 'accepted' });
    return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode).length, Entries: results };
  });
}

/** The entries of every PutEvents request of this test, in order. */
export const putEventsRequests = (): PutEventsRequestEntry[][] =>
  eventBridge.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => input.Entries ?? []);

/** The events of all requests of this test. */
export const saidEvents = (): (Detail & { readonly type: string })[] =>
  putEventsRequests().flat().map((entry) => ({ type: entry.DetailType!, ...detailOf(entry) }));

/** `detail` of an event. */
export interface Detail {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever was said
  readonly metadata: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever was said
  readonly data: any;
}

const detailOf = (entry: PutEventsRequestEntry): Detail => JSON.parse(entry.Detail!) as Detail;
