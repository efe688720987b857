import type { DeadLetteredMessage } from './count-totals';
import { readQueue } from './dead-letters';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';
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
    const filled = this.context.pipeline.routes.filter(({ name }) => (counts[name] ?? 0) > 0);
    const isRecent = filled.length === 0 || Date.now() < this.listedAt + LIST_EVERY_MS;
    if (text === this.counts && isRecent) return this.messages;
    this.messages = (await Promise.all(filled.map((route) => this.read(route)))).flat();
    [this.counts, this.listedAt] = [text, Date.now()];
    return this.messages;
  }

  private async read(route: RedriveRoute): Promise<DeadLetteredMessage[]> {
    const { messages } = await readQueue(route, this.context.aws.deadLetterQueues);
    return messages.map((message) => ({ ...message, queue: route.name }));
  }
}
