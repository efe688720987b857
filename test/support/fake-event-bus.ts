import type { PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { FileEvent } from '../../handlers/shared/files';

/** An event bus in memory. */
export class FakeEventBus {
  /** The published events, in order. */
  readonly events: FileEvent[] = [];

  putEvents({ Entries = [] }: PutEventsCommandInput) {
    if (Entries.length > 10 || JSON.stringify(Entries).length > 256 * 1024) throw new Error('the request is too large');
    for (const { DetailType, Detail } of Entries) this.events.push({ type: DetailType, ...JSON.parse(Detail!) } as FileEvent);
    return { FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: `event-${index}` })) };
  }
}
