import type { QueueSettings } from './deployment';
import { assertMessageFits } from './limits';
import { handleOf, type Message, type SendMessageInput } from './messages';
import type { World } from './requests';

/** A standard queue. */
export class StandardQueue {
  readonly messages: Message[] = [];
  /** All messages that ever arrived, in order. */
  readonly arrived: Message[] = [];
  /** Is woken when messages become visible. */
  consumer?: { wake(): void };
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
    if (fault === 'duplicate') this.messages.push({ ...message, visibleAt: this.wakeAfter(this.random.below(this.random.pick([30, 1000, 20_000]))) });
    return { MessageId: message.id };
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

  /** Deletes a message, unless it was received again since. */
  delete(receiptHandle: string): void {
    const message = this.find(receiptHandle);
    if (message) this.remove(message);
  }

  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.find(receiptHandle);
    if (message) message.visibleAt = this.wakeAfter(seconds * 1000);
  }

  /** Adds a message that SQS moves here. It keeps its id and the time at which it was first sent. */
  receiveMoved(message: Message): void {
    this.add({ ...message, received: 0, firstReceivedAt: undefined, visibleAt: this.world.clock.now });
  }

  /** The visible messages that are received together. */
  protected choose(most: number): Message[] {
    const { now } = this.world.clock;
    const visible = this.messages.filter(({ visibleAt }) => visibleAt <= now);
    const chosen: Message[] = [];
    while (chosen.length < most && visible.length > 0) chosen.push(...visible.splice(this.random.below(visible.length), 1));
    return chosen;
  }

  protected put(body: string, delay: number, more: Partial<Message> = {}): Message {
    const { now } = this.world.clock;
    return this.add({ id: `${this.name}-${++this.sent}`, body, sentAt: now, received: 0, visibleAt: this.wakeAfter(delay), receipt: 0, ...more });
  }

  protected add(message: Message): Message {
    this.messages.push(message);
    this.arrived.push(message);
    return message;
  }

  protected get random() {
    return this.world.randomStreams.of(this.name);
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
    message.received++;
    message.firstReceivedAt ??= this.world.clock.now;
    message.receipt = ++this.receipts;
    message.visibleAt = this.wakeAfter(invisibleFor);
    return true;
  }

  /** Messages of a dead-letter queue do not expire here: they are redriven in time. */
  private removeExpired(): void {
    const sentBefore = this.world.clock.now - this.settings.retention;
    if (!this.consumer || !this.messages.some(({ sentAt }) => sentAt < sentBefore)) return;
    this.messages.splice(0, Infinity, ...this.messages.filter(({ sentAt }) => sentAt >= sentBefore));
  }

  private find(receiptHandle: string): Message | undefined {
    return this.messages.find((message) => handleOf(message) === receiptHandle);
  }

  private remove(message: Message): void {
    this.messages.splice(this.messages.indexOf(message), 1);
  }
}
