import { assertMessageFits } from './limits';
import type { Message, SendMessageInput } from './messages';
import { StandardQueue } from './queue';

const DEDUPLICATION_MS = 5 * 60_000;

/** A FIFO queue: a message in flight blocks its message group. */
export class FifoQueue extends StandardQueue {
  /** The bodies of all messages that were accepted and not deduplicated. */
  readonly accepted: string[] = [];
  /** The bodies of the messages that were deduplicated. */
  readonly repeated: string[] = [];
  private readonly seen = new Map<string, number>();

  override send({ MessageBody = '', MessageGroupId = '', MessageDeduplicationId = '', MessageAttributes }: SendMessageInput) {
    assertMessageFits(MessageBody);
    const { now } = this.world.clock;
    const key = this.settings.deduplicatesByGroup ? `${MessageGroupId} ${MessageDeduplicationId}` : MessageDeduplicationId;
    if (now - (this.seen.get(key) ?? -Infinity) < DEDUPLICATION_MS) {
      this.repeated.push(MessageBody);
      return { MessageId: 'repeat' };
    }
    this.seen.set(key, now);
    this.accepted.push(MessageBody);
    const own = { group: MessageGroupId, deduplicationId: MessageDeduplicationId, attributes: MessageAttributes };
    return { MessageId: this.put(MessageBody, this.settings.delay, own).id };
  }

  /** The retention of a message that moves into a FIFO queue starts again, and its id becomes the deduplication id. */
  override receiveMoved(message: Message): void {
    super.receiveMoved({ ...message, sentAt: this.world.clock.now, deduplicationId: message.id });
  }

  /** In order, without the message groups that have a message in flight. */
  protected override choose(most: number): Message[] {
    const blocked = new Set([...this.notVisible].map(({ group }) => group));
    const chosen: Message[] = [];
    for (const message of this.messages) {
      if (chosen.length === most) break;
      if (!blocked.has(message.group)) chosen.push(message);
    }
    return chosen;
  }
}
