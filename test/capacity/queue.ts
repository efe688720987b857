import type { Message } from './message';
import { MessageList } from './message-list';
import { SQS } from './published-limits';
import { Usage } from './usage';
import type { World } from './world';
import type { QueueSettings } from '../simulation/deployment';

/** A queue with its dead-letter queue. Messages are received in the sequence in which they became visible. */
export class Queue {
  sent = 0;
  deleted = 0;
  readonly deadLetters: Message[] = [];
  readonly usage: Usage;
  consumer?: { wake(): void };
  private readonly visible = new MessageList<Message>();
  private inFlight = 0;
  /** The message groups in flight, each with the messages that wait for it. */
  private readonly groups = new Map<number, { messages: number; waiting: Message[] }>();
  private waiting = 0;

  constructor(readonly name: string, private readonly world: World, readonly settings: QueueSettings) {
    this.usage = new Usage(`${name}: messages in flight`, SQS.inFlight);
    world.usages.push(this.usage);
  }

  get visibleMessages(): number {
    return this.visible.length;
  }

  /** Messages that are neither deleted nor in the dead-letter queue. */
  get messages(): number {
    return this.visible.length + this.waiting + this.inFlight;
  }

  send(messages: readonly Message[]): void {
    this.sent += messages.length;
    this.show(messages);
  }

  /** Receives messages, and moves those that were received too often to the dead-letter queue. */
  receive(most: number): Message[] {
    const batch: Message[] = [];
    while (batch.length < most && this.visible.length > 0) {
      if (this.inFlight >= SQS.inFlight) {
        this.usage.refused++;
        break;
      }
      const message = this.visible.shift()!;
      if (message.receives >= (this.settings.redrivePolicy?.maxReceiveCount ?? Infinity)) this.deadLetters.push(message);
      else if (!this.settings.isFifo || this.lock(message, batch)) batch.push(this.receiveOne(message));
    }
    return batch;
  }

  delete(messages: readonly Message[]): void {
    this.deleted += messages.length;
    this.release(messages);
  }

  /** Moves messages to the dead-letter queue, as a handler does. */
  sendToDeadLetterQueue(messages: readonly Message[]): void {
    this.deadLetters.push(...messages);
    this.release(messages);
  }

  /** Makes messages that are in flight visible again after a time. */
  showAfter(milliseconds: number, messages: readonly Message[]): void {
    this.world.clock.after(milliseconds, () => {
      this.release(messages);
      if (!this.settings.isFifo) return this.show(messages);
      // They come before those of their group that waited for them.
      this.visible.unshift(messages);
      this.consumer?.wake();
    });
  }

  private receiveOne(message: Message): Message {
    message.receives++;
    if (message.firstReceivedAt < 0) message.firstReceivedAt = this.world.clock.now;
    this.inFlight++;
    this.usage.used = Math.max(this.usage.used, this.inFlight);
    return message;
  }

  /** Whether a message of a group can be received: none of its group is in flight but in the same batch. */
  private lock(message: Message, batch: readonly Message[]): boolean {
    const locked = this.groups.get(message.group);
    if (!locked) {
      this.groups.set(message.group, { messages: 1, waiting: [] });
      return true;
    }
    if (batch.some(({ group }) => group === message.group)) return ++locked.messages > 0;
    locked.waiting.push(message);
    this.waiting++;
    return false;
  }

  private release(messages: readonly Message[]): void {
    this.inFlight -= messages.length;
    if (!this.settings.isFifo) return;
    for (const { group } of messages) {
      const locked = this.groups.get(group)!;
      if (--locked.messages > 0) continue;
      this.groups.delete(group);
      this.waiting -= locked.waiting.length;
      if (locked.waiting.length > 0) this.visible.unshift(locked.waiting);
    }
    if (messages.length > 0) this.consumer?.wake();
  }

  private show(messages: readonly Message[]): void {
    for (const message of messages) this.visible.push(message);
    this.consumer?.wake();
  }
}
