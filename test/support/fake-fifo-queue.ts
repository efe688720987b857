import type { SendMessageBatchCommandInput, SendMessageBatchResultEntry } from '@aws-sdk/client-sqs';

const DEDUPLICATION_MS = 5 * 60 * 1000;
const MAX_BYTES = 256 * 1024;

/** A message accepted by a FIFO queue. */
export interface FifoMessage {
  readonly body: string;
  readonly group: string;
  readonly deduplicationId: string;
}

/** A FIFO queue in memory, with the limits of SQS and deduplication for five minutes. */
export class FakeFifoQueue {
  /** The messages for the consumer, in order. */
  readonly messages: FifoMessage[] = [];
  /** The number of messages dropped by deduplication. */
  repeats = 0;
  /** The current time for deduplication, in milliseconds. */
  now = 0;
  private readonly seen = new Map<string, number>();

  sendBatch({ Entries = [] }: SendMessageBatchCommandInput): { Successful: SendMessageBatchResultEntry[] } {
    const bytes = Entries.reduce((total, { MessageBody }) => total + Buffer.byteLength(MessageBody!), 0);
    if (Entries.length < 1 || Entries.length > 10) throw named('TooManyEntriesInBatchRequest');
    if (bytes > MAX_BYTES) throw named('BatchRequestTooLong');
    if (new Set(Entries.map(({ Id }) => Id)).size < Entries.length) throw named('BatchEntryIdsNotDistinct');
    return {
      Successful: Entries.map(({ Id, MessageBody, MessageGroupId, MessageDeduplicationId }) => {
        this.take({ body: MessageBody!, group: MessageGroupId!, deduplicationId: MessageDeduplicationId! });
        return { Id, MessageId: `message-${this.messages.length}`, MD5OfMessageBody: '' };
      }),
    };
  }

  private take(message: FifoMessage): void {
    const key = `${message.group} ${message.deduplicationId}`;
    const isRepeat = this.now - (this.seen.get(key) ?? -Infinity) < DEDUPLICATION_MS;
    if (isRepeat) this.repeats++;
    else this.messages.push(message);
    if (!isRepeat) this.seen.set(key, this.now);
  }
}

const named = (name: string): Error => Object.assign(new Error(name), { name });
