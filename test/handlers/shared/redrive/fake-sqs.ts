import {
  ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageBatchCommand,
  type Message, type ReceiveMessageCommandInput, type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import { sqs } from '../../../support/sent-messages';

const DEDUPLICATION_MS = 5 * 60 * 1000;

interface Stored extends Message {
  visibleAt: number;
  receives: number;
}

/** Intercepts a request. It can fail the request, or send it and lose the response. */
export type Crossing = (name: string, input: Record<string, unknown>, effect: () => unknown) => unknown;

/** Returns the error code of an entry that a batch request fails; undefined for others. */
type EntryFailure = (name: string, entry: SendMessageBatchRequestEntry & Partial<{ ReceiptHandle: string }>) => string | undefined;

interface BatchInput {
  readonly QueueUrl: string;
  readonly Entries: SendMessageBatchRequestEntry[] & { ReceiptHandle?: string }[];
}

interface PutOptions {
  readonly group?: string;
  readonly attributes?: Record<string, string>;
  readonly ago?: number;
}

/** SQS in memory, with visibility timeouts, message groups and deduplication. */
export class FakeSqs {
  /** Every request, in order, including failed ones. */
  readonly calls: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
  crossing: Crossing;
  /** Fails single entries of batch requests. */
  failEntry: EntryFailure;
  private readonly queues = new Map<string, Stored[]>();
  private readonly deduplicated = new Map<string, number>();
  private ids = 0;

  constructor() {
    this.crossing = (_name, _input, effect) => effect();
    this.failEntry = () => undefined;
    sqs.reset();
    const answers: [{ readonly name: string }, (input: never) => unknown][] = [
      [SendMessageBatchCommand, this.batch('SendMessageBatch', ({ QueueUrl }, entry) => this.send(QueueUrl, entry))],
      [ReceiveMessageCommand, this.receive.bind(this)],
      [DeleteMessageBatchCommand, this.batch('DeleteMessageBatch', ({ QueueUrl }, { ReceiptHandle }) => this.delete(QueueUrl, ReceiptHandle!))],
      [ChangeMessageVisibilityBatchCommand, this.release.bind(this)],
      [GetQueueAttributesCommand, this.attributes.bind(this)],
    ];
    for (const [command, answer] of answers) {
      sqs.on(command as never).callsFake(async (input: Record<string, unknown>) => {
        this.calls.push({ name: command.name.replace(/Command$/, ''), input });
        return this.crossing(command.name.replace(/Command$/, ''), input, () => answer(input as never));
      });
    }
  }

  /** Adds a message that was sent `ago` milliseconds ago. Values other than text are serialized as JSON. */
  put(queue: string, message: unknown, { group, attributes = {}, ago = 60_000 }: PutOptions = {}): string {
    const MessageAttributes = Object.fromEntries(Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));
    const MessageBody = typeof message === 'string' ? message : JSON.stringify(message);
    return this.add(urlOf(queue), { MessageBody, MessageAttributes, MessageGroupId: group }, Date.now() - ago);
  }

  /** Returns the messages in a queue, including those in flight. */
  in(queue: string): Stored[] {
    return this.queues.get(urlOf(queue)) ?? [];
  }

  /** Returns the visible messages of a queue. */
  visibleIn(queue: string): Stored[] {
    return this.in(queue).filter(({ visibleAt }) => visibleAt <= Date.now());
  }

  count(name: string): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  /** The number of entries of all batch requests. */
  countEntries(name: string): number {
    return this.calls.filter((call) => call.name === name).reduce((sum, { input }) => sum + (input as unknown as BatchInput).Entries.length, 0);
  }

  private batch(name: string, effect: (input: BatchInput, entry: BatchInput['Entries'][number]) => void) {
    return (input: BatchInput) => {
      if (input.Entries.length < 1 || input.Entries.length > 10) throw new Error('1 to 10 entries');
      const codes = input.Entries.map((entry) => ({ entry, Id: entry.Id, Code: this.failEntry(name, entry) }));
      for (const { entry, Code } of codes) if (!Code) effect(input, entry);
      return {
        Successful: codes.filter(({ Code }) => !Code).map(({ Id }) => ({ Id })),
        Failed: codes.filter(({ Code }) => Code).map(({ Id, Code }) => ({ Id, Code })),
      };
    };
  }

  private send(url: string, input: SendMessageBatchRequestEntry): void {
    const { MessageGroupId, MessageDeduplicationId } = input;
    if (url.endsWith('.fifo') && !(MessageGroupId && MessageDeduplicationId)) throw new Error('a FIFO queue needs both ids');
    if (!url.endsWith('.fifo') && MessageDeduplicationId) throw new Error('a standard queue takes no deduplication id');
    const key = `${url} ${MessageDeduplicationId}`;
    const isRepeat = MessageDeduplicationId !== undefined && Date.now() - (this.deduplicated.get(key) ?? -Infinity) < DEDUPLICATION_MS;
    if (isRepeat) return;
    this.deduplicated.set(key, Date.now());
    this.add(url, input, Date.now());
  }

  private add(url: string, { MessageBody, MessageAttributes, MessageGroupId }: Partial<SendMessageBatchRequestEntry>, sentAt: number): string {
    const MessageId = `message-${++this.ids}`;
    const Attributes = { SentTimestamp: String(sentAt), ...(MessageGroupId ? { MessageGroupId } : {}) };
    this.queues.set(url, [...this.in(url), { MessageId, Body: MessageBody, MessageAttributes, Attributes, visibleAt: 0, receives: 0 }]);
    return MessageId;
  }

  private attributes({ QueueUrl }: { QueueUrl: string }) {
    const [all, visible] = [this.in(QueueUrl).length, this.visibleIn(QueueUrl).length];
    return { Attributes: { ApproximateNumberOfMessages: String(visible), ApproximateNumberOfMessagesNotVisible: String(all - visible) } };
  }

  private receive({ QueueUrl, VisibilityTimeout = 30, MaxNumberOfMessages }: ReceiveMessageCommandInput) {
    const now = Date.now();
    const inFlight = new Set(this.in(QueueUrl!).filter(({ visibleAt }) => visibleAt > now).map(({ Attributes }) => Attributes!.MessageGroupId));
    const taken = this.visibleIn(QueueUrl!)
      .filter(({ Attributes }) => !Attributes!.MessageGroupId || !inFlight.has(Attributes!.MessageGroupId))
      .slice(0, MaxNumberOfMessages);
    for (const message of taken) {
      message.visibleAt = now + VisibilityTimeout * 1000;
      message.receives++;
      message.ReceiptHandle = `${message.MessageId}#${message.receives}`;
      message.Attributes!.ApproximateReceiveCount = String(message.receives);
    }
    return { Messages: taken.map((message) => structuredClone(message)) };
  }

  private delete(url: string, receiptHandle: string): void {
    this.queues.set(url, this.in(url).filter(({ ReceiptHandle }) => ReceiptHandle !== receiptHandle));
  }

  private release({ QueueUrl, Entries }: { QueueUrl: string; Entries: { ReceiptHandle: string; VisibilityTimeout: number }[] }) {
    if (Entries.length < 1 || Entries.length > 10) throw new Error('1 to 10 entries');
    const handles = Entries.map(({ ReceiptHandle }) => ReceiptHandle);
    for (const message of this.in(QueueUrl)) if (handles.includes(message.ReceiptHandle!)) message.visibleAt = 0;
    return {};
  }
}

const urlOf = (queue: string): string => (queue.includes('/') ? queue : `https://sqs.test/1/${queue}`);
