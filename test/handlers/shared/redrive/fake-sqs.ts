import {
  ChangeMessageVisibilityBatchCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand,
  type Message, type ReceiveMessageCommandInput, type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { sqs } from '../../../support/sent-messages';

const DEDUPLICATION_MS = 5 * 60 * 1000;

interface Stored extends Message {
  visibleAt: number;
  receives: number;
}

/** Intercepts a request. It can fail the request, or send it and lose the response. */
export type Crossing = (name: string, input: Record<string, unknown>, effect: () => unknown) => unknown;

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
  private readonly queues = new Map<string, Stored[]>();
  private readonly deduplicated = new Map<string, number>();
  private ids = 0;

  constructor() {
    this.crossing = (_name, _input, effect) => effect();
    sqs.reset();
    const answers: [{ readonly name: string }, (input: never) => unknown][] = [
      [SendMessageCommand, this.send.bind(this)],
      [ReceiveMessageCommand, this.receive.bind(this)],
      [DeleteMessageCommand, this.delete.bind(this)],
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
    return this.add(urlOf(queue), { MessageBody, MessageAttributes, MessageGroupId: group, QueueUrl: '' }, Date.now() - ago);
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

  private send(input: SendMessageCommandInput): { MessageId: string } {
    const { QueueUrl, MessageGroupId, MessageDeduplicationId } = input;
    if (QueueUrl!.endsWith('.fifo') && !(MessageGroupId && MessageDeduplicationId)) throw new Error('a FIFO queue needs both ids');
    if (!QueueUrl!.endsWith('.fifo') && MessageDeduplicationId) throw new Error('a standard queue takes no deduplication id');
    const key = `${QueueUrl} ${MessageDeduplicationId}`;
    const isRepeat = MessageDeduplicationId !== undefined && Date.now() - (this.deduplicated.get(key) ?? -Infinity) < DEDUPLICATION_MS;
    if (isRepeat) return { MessageId: 'repeated' };
    this.deduplicated.set(key, Date.now());
    return { MessageId: this.add(QueueUrl!, input, Date.now()) };
  }

  private add(url: string, { MessageBody, MessageAttributes, MessageGroupId }: SendMessageCommandInput, sentAt: number): string {
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

  private delete({ QueueUrl, ReceiptHandle }: { QueueUrl: string; ReceiptHandle: string }) {
    this.queues.set(QueueUrl, this.in(QueueUrl).filter((message) => message.ReceiptHandle !== ReceiptHandle));
    return {};
  }

  private release({ QueueUrl, Entries }: { QueueUrl: string; Entries: { ReceiptHandle: string; VisibilityTimeout: number }[] }) {
    if (Entries.length < 1 || Entries.length > 10) throw new Error('1 to 10 entries');
    const handles = Entries.map(({ ReceiptHandle }) => ReceiptHandle);
    for (const message of this.in(QueueUrl)) if (handles.includes(message.ReceiptHandle!)) message.visibleAt = 0;
    return {};
  }
}

const urlOf = (queue: string): string => (queue.includes('/') ? queue : `https://sqs.test/1/${queue}`);
