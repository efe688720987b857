import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import type { QueueSettings } from './deployment';
import { assertBatchFits, assertMessageFits } from './limits';
import { handleOf, type Message, type SendMessageInput } from './messages';
import type { World } from './requests';

/** Messages are received in any order, but none before so many earlier ones. */
const MAX_DISORDER = 1000;

/** A standard queue. */
export class StandardQueue {
  readonly messages: Message[] = [];
  /** All messages that ever arrived, in order. */
  readonly arrived: Message[] = [];
  /** Is woken when messages become visible. */
  consumer?: { wake(): void };
  /** The messages that were received, by their receipt handles. */
  private readonly received = new Map<string, Message>();
  /** The messages that may not be visible. */
  private readonly hidden = new Set<Message>();
  private sent = 0;
  private receipts = 0;

  /** Messages that reach the maximum receive count move to the dead-letter queue. */
  constructor(
    readonly name: string, protected readonly world: World, protected readonly settings: QueueSettings, readonly deadLetterQueue?: StandardQueue,
  ) {}

  send({ MessageBody = '', DelaySeconds, MessageAttributes }: SendMessageInput) {
    assertMessageFits(MessageBody);
    const fault = this.world.faults.at(`${this.name}: message`);
    const delay = (DelaySeconds === undefined ? this.settings.delay : DelaySeconds * 1000) + (fault === 'late' ? this.random.below(1_800_000) : 0);
    const message = this.put(MessageBody, delay, { attributes: MessageAttributes });
    // At-least-once delivery: a copy with the same id.
    if (fault === 'duplicate') {
      const copy = { ...message };
      this.hide(copy, this.random.below(this.random.pick([30, 1000, 20_000])));
      this.messages.push(copy);
    }
    return { MessageId: message.id };
  }

  sendBatch({ Entries = [] }: SendMessageBatchCommandInput, isPartial: boolean) {
    assertBatchFits(Entries.map(({ MessageBody = '' }) => MessageBody));
    const failed = new Set(Entries.filter((_, index) => isPartial && (index === 0 || this.random.chance(0.5))).map(({ Id }) => Id));
    const Successful = Entries.filter(({ Id }) => !failed.has(Id)).map((entry) => ({ Id: entry.Id, MessageId: this.send(entry).MessageId }));
    return { Successful, Failed: [...failed].map((Id) => ({ Id, Code: 'ServiceUnavailable', SenderFault: false })) };
  }

  /** Receives visible messages and makes them invisible for so many milliseconds. */
  receive(most: number, invisibleFor = this.settings.visibilityTimeout): Message[] {
    this.removeExpired();
    return this.choose(most).filter((message) => this.receiveOne(message, invisibleFor));
  }

  /** Whether a message is visible. */
  get hasVisible(): boolean {
    return this.choose(1).length > 0;
  }

  /** The number of messages that are not visible. */
  get inFlight(): number {
    return this.notVisible.size;
  }

  /** Deletes a message, unless it was received again since. */
  delete(receiptHandle: string): void {
    const message = this.find(receiptHandle);
    if (message) this.remove(message);
  }

  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.find(receiptHandle);
    if (message) this.hide(message, seconds * 1000);
  }

  /** Adds a message that SQS moves here. It keeps its id and the time at which it was first sent. */
  receiveMoved(message: Message): void {
    this.add({ ...message, received: 0, firstReceivedAt: undefined, visibleAt: this.world.clock.now });
  }

  /** The visible messages that are received together. */
  protected choose(most: number): Message[] {
    const { now } = this.world.clock;
    const visible: Message[] = [];
    for (const message of this.messages) {
      if (visible.length === MAX_DISORDER) break;
      if (message.visibleAt <= now) visible.push(message);
    }
    const chosen: Message[] = [];
    while (chosen.length < most && visible.length > 0) chosen.push(...visible.splice(this.random.below(visible.length), 1));
    return chosen;
  }

  protected put(body: string, delay: number, more: Partial<Message> = {}): Message {
    const { now } = this.world.clock;
    const message = { id: `${this.name}-${++this.sent}`, body, sentAt: now, received: 0, visibleAt: now, receipt: 0, ...more };
    this.hide(message, delay);
    return this.add(message);
  }

  /** The messages that are not visible. */
  protected get notVisible(): ReadonlySet<Message> {
    const { now } = this.world.clock;
    for (const message of this.hidden) if (message.visibleAt <= now) this.hidden.delete(message);
    return this.hidden;
  }

  protected add(message: Message): Message {
    this.messages.push(message);
    this.arrived.push(message);
    return message;
  }

  protected get random() {
    return this.world.randomStreams.of(this.name);
  }

  private hide(message: Message, delay: number): void {
    message.visibleAt = this.wakeAfter(delay);
    this.hidden.add(message);
  }

  private wakeAfter(delay: number): number {
    const { clock } = this.world;
    if (this.consumer) clock.after(delay, () => { this.consumer!.wake(); });
    return clock.now + Math.ceil(delay);
  }

  /** Receives a message, or moves it to the dead-letter queue if it was received too often. Returns whether it was received. */
  private receiveOne(message: Message, invisibleFor: number): boolean {
    const isMoved = this.world.faults.at(`${this.name}: receive`) !== undefined;
    if (this.deadLetterQueue && (isMoved || message.received >= this.settings.redrivePolicy!.maxReceiveCount)) {
      this.remove(message);
      this.deadLetterQueue.receiveMoved(message);
      return false;
    }
    this.received.delete(handleOf(message));
    message.received++;
    message.firstReceivedAt ??= this.world.clock.now;
    message.receipt = ++this.receipts;
    this.received.set(handleOf(message), message);
    this.hide(message, invisibleFor);
    return true;
  }

  /** Messages of a dead-letter queue do not expire here: they are redriven in time. */
  private removeExpired(): void {
    const sentBefore = this.world.clock.now - this.settings.retention;
    if (!this.consumer || !(this.messages[0]?.sentAt < sentBefore)) return;
    for (const message of this.messages.filter(({ sentAt }) => sentAt < sentBefore)) this.remove(message);
  }

  private find(receiptHandle: string): Message | undefined {
    return this.received.get(receiptHandle);
  }

  private remove(message: Message): void {
    this.received.delete(handleOf(message));
    this.hidden.delete(message);
    this.messages.splice(this.messages.indexOf(message), 1);
  }
}
