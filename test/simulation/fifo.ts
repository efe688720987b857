import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import type { Message, Sending } from './messages';
import { StandardQueue } from './sqs';

const DEDUPLICATION_MS = 5 * 60_000;

/** A FIFO queue: a group waits while any message of it is on its way. */
export class FifoQueue extends StandardQueue {
  /** Every message that was ever taken, and not as a repeat. */
  readonly accepted: string[] = [];
  /** Those that were taken for repeats. */
  readonly repeated: string[] = [];
  private readonly seen = new Map<string, number>();

  override send({ MessageBody = '', MessageGroupId = '', MessageDeduplicationId = '' }: Sending) {
    const { now } = this.world.clock;
    const key = `${MessageGroupId} ${MessageDeduplicationId}`;
    if (now - (this.seen.get(key) ?? -Infinity) < DEDUPLICATION_MS) {
      this.repeated.push(MessageBody);
      return { MessageId: 'repeat' };
    }
    this.seen.set(key, now);
    this.accepted.push(MessageBody);
    return { MessageId: this.put(MessageBody, 0, { group: MessageGroupId, deduplicationId: MessageDeduplicationId }).id };
  }

  sendBatch({ Entries = [] }: SendMessageBatchCommandInput, isPartial: boolean) {
    if (Entries.length < 1 || Entries.length > 10) throw new Error('TooManyEntriesInBatchRequest');
    const failed = new Set(Entries.filter((_, index) => isPartial && (index === 0 || this.random.chance(0.5))).map(({ Id }) => Id));
    const Successful = Entries.filter(({ Id }) => !failed.has(Id)).map((entry) => ({ Id: entry.Id, MessageId: this.send(entry).MessageId }));
    return { Successful, Failed: [...failed].map((Id) => ({ Id, Code: 'ServiceUnavailable', SenderFault: false })) };
  }

  protected override resend(body: string, group?: string): void {
    this.put(body, 0, { group, deduplicationId: 'redriven' });
  }

  /** In order, and nothing of a group of which something is on its way. */
  protected override choose(most: number): Message[] {
    const { now } = this.world.clock;
    const blocked = new Set(this.messages.filter(({ visibleAt }) => visibleAt > now).map(({ group }) => group));
    return this.messages.filter(({ group }) => !blocked.has(group)).slice(0, most);
  }
}
