import { HistoryStream, isEvent } from './history-stream';
import { orderEvent } from './order-events';
import { PlacementOutcomes } from './placement-outcomes';
import { readHistory } from './read-history';
import { readContents } from '../../../handlers/aws/history-items';
import { orderKey } from '../../../handlers/shared/orders/order-identity';
import type { HistoryRecord } from '../../../handlers/shared/queries/history-record';
import type { EventList, OrderEvent } from '../console-api';
import type { ConsoleContext } from '../console-context';

/** The events of this many are kept. */
const MAX_EVENTS = 2000;
/** The whole history is read at the start if it has at most this many pages of 1 MB, which are about 20,000 events. */
const MAX_PAGES = 20;
const POLL_MS = 1000;
/** The attributes of an event. */
const ATTRIBUTES = ['orderId', 'eventId', 'occurredAt', 'listKey', 'type', 'metadata', 'facts', 'data', 'contents', 'omitted'];

/** A record as a scan returns it: its contents may be compressed. */
type ScannedRecord = HistoryRecord & { readonly contents?: Uint8Array };

const toRecord = ({ contents, ...record }: ScannedRecord): HistoryRecord => (contents ? { ...record, ...readContents(contents) } : record);

/** A filter of events. */
export interface EventFilter {
  readonly type?: string;
  readonly orderId?: string;
  readonly tenant?: string;
}

/** Follows the history table: the latest events, and what became of the placements. */
export class EventFeed {
  /** Undefined without a history. */
  outcomes?: PlacementOutcomes;
  private events: HistoryRecord[] = [];
  private readonly listeners = new Set<(event: OrderEvent) => void>();
  private isClosed = false;
  private note?: string;
  private timer?: NodeJS.Timeout;

  constructor(private readonly context: ConsoleContext) {}

  /** Reads the history, if it is small, and follows it unless `once`. */
  async start(once = false): Promise<void> {
    const { pipeline: { tables: { history } }, aws } = this.context;
    if (history === undefined) {
      this.note = 'The pipeline has no history: its prop `history` is false.';
      return;
    }
    const arn = once ? undefined : await aws.streamArn(history);
    // The stream is opened first: an event between the two is read twice, and counts once.
    const stream = arn === undefined ? undefined : await HistoryStream.open(arn, aws);
    await this.load(history);
    if (stream) this.poll(stream, arn!);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  /** Calls the function with each new event. Returns what ends that. */
  subscribe(listener: (event: OrderEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The latest events, newest first; those of an order from its history. */
  async list({ type, orderId, tenant }: EventFilter): Promise<EventList> {
    const { pipeline: { tables: { history } }, showsContents } = this.context;
    const records = orderId !== undefined && history !== undefined ? await readHistory(history, orderKey({ orderId, tenant })) : this.events;
    const found = records.map((record) => orderEvent(record, showsContents))
      .filter((event) => (type === undefined || event.type === type) && (tenant === undefined || event.tenant === tenant));
    return { events: found.reverse().slice(0, 500), ...(this.note === undefined || orderId !== undefined ? {} : { note: this.note }) };
  }

  private async load(table: string): Promise<void> {
    const records = await this.scan(table);
    const startedAt = new Date();
    this.outcomes = new PlacementOutcomes(records === undefined ? startedAt : undefined);
    if (records === undefined) {
      this.note = `The history is too long to be read: these are the events since ${startedAt.toISOString()}. Search an order to see all of its events.`;
      return;
    }
    records.sort((one, other) => (one.listKey < other.listKey ? -1 : 1));
    for (const record of records) this.outcomes.add(record);
    this.events = records.slice(-MAX_EVENTS);
  }

  /** Reads all events. Undefined if there are too many. */
  private async scan(table: string): Promise<HistoryRecord[] | undefined> {
    const records: HistoryRecord[] = [];
    let next: Awaited<ReturnType<ConsoleContext['aws']['scan']>>['next'];
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const page = await this.context.aws.scan(table, ATTRIBUTES, next);
      records.push(...(page.items as unknown as ScannedRecord[]).map(toRecord).filter(isEvent));
      next = page.next;
      if (!next) return records;
    }
    return undefined;
  }

  private poll(stream: HistoryStream, arn: string): void {
    if (this.isClosed) return;
    this.timer = setTimeout(async () => {
      try {
        for (const record of await stream.read()) this.receive(record);
        this.poll(stream, arn);
      } catch {
        await this.reopen(arn);
      }
    }, POLL_MS);
  }

  /** Events can be missing after an error of the stream: the counts begin again. */
  private async reopen(arn: string): Promise<void> {
    try {
      const stream = await HistoryStream.open(arn, this.context.aws);
      await this.load(this.context.pipeline.tables.history!);
      this.poll(stream, arn);
    } catch (error) {
      this.note = `New events cannot be read: ${(error as Error).message}`;
      if (!this.isClosed) this.timer = setTimeout(() => void this.reopen(arn), 10 * POLL_MS);
    }
  }

  private receive(record: HistoryRecord): void {
    if (this.events.some(({ eventId, orderId }) => eventId === record.eventId && orderId === record.orderId)) return;
    this.outcomes?.add(record);
    this.events.push(record);
    if (this.events.length > MAX_EVENTS) this.events.shift();
    const event = orderEvent(record, this.context.showsContents);
    for (const listener of this.listeners) listener(event);
  }
}
