import type { QueueSettings } from './deployment';
import { assertMessageFits } from './limits';
import { handleOf, type Message, type Sending } from './messages';
import type { World } from './network';

/** A standard queue. What nobody consumes, as in a dead-letter queue, stays. */
export class StandardQueue {
  readonly messages: Message[] = [];
  /** All that ever came, in order. */
  readonly arrived: Message[] = [];
  /** Hears when messages can be seen. */
  consumer?: { wake(): void };
  private sent = 0;
  private receipts = 0;

  /** Messages that were received too often without being deleted go into the dead-letter queue. */
  constructor(readonly name: string, protected readonly world: World, protected readonly settings: QueueSettings, readonly deadLetterQueue?: StandardQueue) {}

  send({ MessageBody = '', DelaySeconds, MessageAttributes }: Sending) {
    assertMessageFits(MessageBody);
    const fault = this.world.faults.at(`${this.name}: message`);
    const delay = (DelaySeconds === undefined ? this.settings.delay : DelaySeconds * 1000) + (fault === 'late' ? this.random.below(1_800_000) : 0);
    const message = this.put(MessageBody, delay, { attributes: MessageAttributes });
    // A copy of it is delivered besides: a message has one id, and at least one delivery.
    if (fault === 'duplicate') this.messages.push({ ...message, visibleAt: this.wakeAfter(this.random.below(this.random.pick([30, 1000, 20_000]))) });
    return { MessageId: message.id };
  }

  /** Takes messages that can be seen, and hides them from others for so many milliseconds. */
  receive(most: number, hiddenFor = this.settings.visibilityTimeout): Message[] {
    this.removeExpired();
    return this.choose(most).filter((message) => this.take(message, hiddenFor));
  }

  /** Whether a message can be seen. */
  get hasVisible(): boolean {
    return this.choose(1).length > 0;
  }

  /** Whoever received a message deletes it, unless somebody else has received it since. */
  delete(receiptHandle: string): void {
    const message = this.find(receiptHandle);
    if (message) this.remove(message);
  }

  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.find(receiptHandle);
    if (message) message.visibleAt = this.wakeAfter(seconds * 1000);
  }

  /** Keeps a message that SQS moved here. It has its id still, and the time at which it was first sent. */
  adopt(message: Message): void {
    this.keep({ ...message, received: 0, visibleAt: this.world.clock.now });
  }

  /** Which of the messages that can be seen are received together. */
  protected choose(most: number): Message[] {
    const { now } = this.world.clock;
    const visible = this.messages.filter(({ visibleAt }) => visibleAt <= now);
    const chosen: Message[] = [];
    while (chosen.length < most && visible.length > 0) chosen.push(...visible.splice(this.random.below(visible.length), 1));
    return chosen;
  }

  protected put(body: string, delay: number, more: Partial<Message> = {}): Message {
    const { now } = this.world.clock;
    return this.keep({ id: `${this.name}-${++this.sent}`, body, sentAt: now, received: 0, visibleAt: this.wakeAfter(delay), receipt: 0, ...more });
  }

  protected keep(message: Message): Message {
    this.messages.push(message);
    this.arrived.push(message);
    return message;
  }

  protected get random() {
    return this.world.chances.of(this.name);
  }

  private wakeAfter(delay: number): number {
    const { clock } = this.world;
    if (this.consumer) clock.after(delay, () => { this.consumer!.wake(); });
    return clock.now + Math.ceil(delay);
  }

  /** Receives a message, or moves it away if that was done too often. */
  private take(message: Message, hiddenFor: number): boolean {
    const isGivenUp = this.world.faults.at(`${this.name}: receive`) === 'given up';
    if (this.deadLetterQueue && (isGivenUp || message.received >= this.settings.redrivePolicy!.maxReceiveCount)) {
      this.remove(message);
      this.deadLetterQueue.adopt(message);
      return false;
    }
    message.received++;
    message.receipt = ++this.receipts;
    message.visibleAt = this.wakeAfter(hiddenFor);
    return true;
  }

  /** Messages of a dead-letter queue do not expire here: somebody redrives them in time. */
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
