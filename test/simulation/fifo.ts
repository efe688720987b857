import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import { assertBatchFits, assertMessageFits } from './limits';
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

  sendBatch({ Entries = [] }: SendMessageBatchCommandInput, isPartial: boolean) {
    assertBatchFits(Entries.map(({ MessageBody = '' }) => MessageBody));
    const failed = new Set(Entries.filter((_, index) => isPartial && (index === 0 || this.random.chance(0.5))).map(({ Id }) => Id));
    const Successful = Entries.filter(({ Id }) => !failed.has(Id)).map((entry) => ({ Id: entry.Id, MessageId: this.send(entry).MessageId }));
    return { Successful, Failed: [...failed].map((Id) => ({ Id, Code: 'ServiceUnavailable', SenderFault: false })) };
  }

  /** The retention of a message that moves into a FIFO queue starts again, and its id becomes the deduplication id. */
  override receiveMoved(message: Message): void {
    super.receiveMoved({ ...message, sentAt: this.world.clock.now, deduplicationId: message.id });
  }

  /** In order, without the message groups that have a message in flight. */
  protected override choose(most: number): Message[] {
    const { now } = this.world.clock;
    const blocked = new Set(this.messages.filter(({ visibleAt }) => visibleAt > now).map(({ group }) => group));
    return this.messages.filter(({ group }) => !blocked.has(group)).slice(0, most);
  }
}
