import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import { assertBatchFits, assertMessageFits } from './limits';
import type { Message, Sending } from './messages';
import { StandardQueue } from './queue';

const DEDUPLICATION_MS = 5 * 60_000;

/** A FIFO queue: a group waits while any message of it is on its way. */
export class FifoQueue extends StandardQueue {
  /** Every message that was ever taken, and not as a repeat. */
  readonly accepted: string[] = [];
  /** Those that were taken for repeats. */
  readonly repeated: string[] = [];
  private readonly seen = new Map<string, number>();

  override send({ MessageBody = '', MessageGroupId = '', MessageDeduplicationId = '', MessageAttributes }: Sending) {
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

  /** A FIFO queue counts anew from when a message is moved into it, and takes its id as the one that it is deduplicated by. */
  override adopt(message: Message): void {
    super.adopt({ ...message, sentAt: this.world.clock.now, deduplicationId: message.id });
  }

  /** In order, and nothing of a group of which something is on its way. */
  protected override choose(most: number): Message[] {
    const { now } = this.world.clock;
    const blocked = new Set(this.messages.filter(({ visibleAt }) => visibleAt > now).map(({ group }) => group));
    return this.messages.filter(({ group }) => !blocked.has(group)).slice(0, most);
  }
}
