import type { SQSBatchResponse } from 'aws-lambda';
import type { SimulatedFunction } from './functions';
import { toRecord, type Message, type Sending } from './messages';
import type { World } from './network';

const MAX_RECEIVE_COUNT = 5;
const VISIBILITY_FACTOR = 6;

/** A dead-letter queue: what is in it stays until it is redriven. */
export class DeadLetters {
  readonly messages: Message[] = [];
  /** Whatever was in it at any time. */
  readonly seen = new Set<string>();
  private count = 0;

  constructor(readonly name: string) {}

  add(message: Message): void {
    this.messages.push(message);
    this.seen.add(message.body);
  }

  send({ MessageBody = '', MessageGroupId, MessageAttributes }: Sending, sentAt: number) {
    const id = `${this.name}-${++this.count}`;
    this.add({
      id, body: MessageBody, group: MessageGroupId, reason: MessageAttributes?.Reason?.StringValue, sentAt, received: 0, visibleAt: 0, receipt: 1,
    });
    return { MessageId: id };
  }
}

/** A standard queue and the event source that feeds a function from it. */
export class StandardQueue {
  readonly messages: Message[] = [];
  readonly deadLetters: DeadLetters;
  protected count = 0;
  private isPolled = false;
  private readonly visibility: number;

  constructor(readonly name: string, protected readonly world: World, private readonly consumer: SimulatedFunction, private readonly batchSize = 10) {
    this.deadLetters = new DeadLetters(`${name}-dead`);
    this.visibility = VISIBILITY_FACTOR * consumer.timeout;
  }

  send({ MessageBody = '', DelaySeconds = 0 }: Sending) {
    const fault = this.world.faults.at(`${this.name}: message`);
    const delay = DelaySeconds * 1000 + (fault === 'late' ? this.random.below(1_800_000) : 0);
    const message = this.put(MessageBody, delay);
    // A copy of it is delivered besides: a message has one id, and at least one delivery.
    if (fault === 'duplicate') this.messages.push({ ...message, visibleAt: this.wakeAfter(this.random.below(this.random.pick([30, 1000, 20_000]))) });
    return { MessageId: message.id };
  }

  /** Sends again what is in the dead-letter queue. */
  redrive(): void {
    for (const { body, group } of this.deadLetters.messages.splice(0)) this.resend(body, group);
  }

  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.messages.find(({ id, receipt }) => receiptHandle === `${id}/${receipt}`);
    if (message) message.visibleAt = this.wakeAfter(seconds * 1000);
  }

  protected resend(body: string, _group?: string): void {
    this.put(body, 0);
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
    const message: Message = { id: `${this.name}-${++this.count}`, body, sentAt: now, received: 0, visibleAt: this.wakeAfter(delay), receipt: 1, ...more };
    this.messages.push(message);
    return message;
  }

  protected wakeAfter(delay: number): number {
    const { clock } = this.world;
    clock.after(delay, () => { this.wake(); });
    return clock.now + Math.ceil(delay);
  }

  protected get random() {
    return this.world.chances.of(this.name);
  }

  private wake(): void {
    if (this.isPolled) return;
    this.isPolled = true;
    this.world.clock.after(1 + this.random.below(this.random.chance(0.2) ? 1000 : 60), () => {
      this.isPolled = false;
      this.receive();
    });
  }

  private receive(): void {
    const most = this.random.chance(0.5) ? this.batchSize : 1 + this.random.below(this.batchSize);
    const batch = this.choose(most).filter((message) => this.take(message));
    if (this.choose(1).length > 0) this.wake();
    if (batch.length === 0) return;
    const receipts = batch.map(({ receipt }) => receipt);
    const Records = batch.map((message) => toRecord(message, this.name));
    this.world.trace.add(this.world.clock.now, `${this.name} gives ${batch.map(({ id }) => id).join(' ')}`);
    this.consumer.invoke({ Records }, ({ value, error }) => {
      const failed = error === undefined ? failedOf(value as SQSBatchResponse | undefined, batch) : undefined;
      if (!failed || this.world.faults.at(`${this.name}: delete`)) return;
      batch.forEach((message, index) => {
        if (!failed.has(message.id) && message.receipt === receipts[index]) this.remove(message);
      });
      if (this.choose(1).length > 0) this.wake();
    });
  }

  /** Receives a message, or moves it away if that was done too often. */
  private take(message: Message): boolean {
    if (message.received >= MAX_RECEIVE_COUNT) {
      this.remove(message);
      this.deadLetters.add(message);
      return false;
    }
    message.received++;
    message.receipt++;
    message.visibleAt = this.wakeAfter(this.visibility);
    return true;
  }

  private remove(message: Message): void {
    this.messages.splice(this.messages.indexOf(message), 1);
  }
}

/** The ids of the messages that failed; undefined when the answer is none, which means all of them. */
function failedOf(response: SQSBatchResponse | undefined, batch: readonly Message[]): Set<string> | undefined {
  const failed = new Set((response?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((id) => batch.some((message) => message.id === id)) ? failed : undefined;
}
