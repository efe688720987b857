import type { DeadLetteredMessage } from './count-totals';
import { readQueue } from './dead-letters';
import type { ConsoleContext } from '../console-context';

/** Messages of unchanged queues are listed again after this time, because others may have replaced them. */
const LIST_EVERY_MS = 30_000;

/** The messages in the dead-letter queues. They are listed when their number changes: each list receives them. */
export class DeadLetterMessages {
  private messages: DeadLetteredMessage[] = [];
  private counts = '';
  private listedAt = 0;

  constructor(private readonly context: ConsoleContext) {}

  /**
   * Lists the messages.
   *
   * @param counts the numbers of messages by the names of the queues.
   */
  async list(counts: Readonly<Record<string, number>>): Promise<readonly DeadLetteredMessage[]> {
    const text = JSON.stringify(counts);
    if (text === this.counts && (Date.now() < this.listedAt + LIST_EVERY_MS || Object.values(counts).every((count) => count === 0))) return this.messages;
    const filled = this.context.pipeline.routes.filter(({ name }) => (counts[name] ?? 0) > 0);
    const lists = await Promise.all(filled.map(async (route) =>
      (await readQueue(route, this.context.aws.deadLetterQueues)).messages.map((message): DeadLetteredMessage => ({ ...message, queue: route.name }))));
    this.messages = lists.flat();
    [this.counts, this.listedAt] = [text, Date.now()];
    return this.messages;
  }
}
