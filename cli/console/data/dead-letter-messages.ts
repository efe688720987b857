import type { DeadLetteredMessage } from './count-totals';
import { isComplete, type DeadLetterLists } from './dead-letter-lists';
import type { ConsoleContext } from '../console-context';

/** Messages of unchanged queues are listed again after this time, because others may have replaced them. */
const LIST_EVERY_MS = 30_000;

/** The messages in the dead-letter queues. They are listed when their number changes: each list receives them. */
export class DeadLetterMessages {
  private messages: DeadLetteredMessage[] = [];
  private counts = '';
  private listedAt = 0;

  constructor(private readonly context: ConsoleContext, private readonly lists: DeadLetterLists) {}

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
    const reports = await Promise.all(filled.map((route) => this.lists.read(route, counts[route.name])));
    this.messages = reports.flatMap(({ queue, messages }) => messages.map((message) => ({ ...message, queue })));
    // A list without some messages, such as those that another reader received, is read again.
    this.counts = reports.every((report) => isComplete(report, counts[report.queue])) ? text : '';
    this.listedAt = Date.now();
    return this.messages;
  }
}
