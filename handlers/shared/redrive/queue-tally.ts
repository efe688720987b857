import type { MoveResult } from './move-in-order';
import type { DescribedMessage, ListedMessage, MessageState } from './redrive-response';

/** The maximum number of messages per queue in the response, whose size is limited. All messages are counted. */
const MAX_LISTED = 400;

/** Counts the messages of one dead-letter queue by their results, and lists those that were not moved. */
export class QueueTally {
  matching = 0;
  moved = 0;
  failed = 0;
  readonly messages: ListedMessage[] = [];

  /** Lists a message that was not moved. */
  list(described: DescribedMessage, state: MessageState, stateReason?: string): void {
    if (this.messages.length < MAX_LISTED) this.messages.push({ ...described, state, ...(stateReason ? { stateReason } : {}) });
  }

  /** Counts a message that was to be moved, and lists it if it was not. */
  add(described: DescribedMessage, result: MoveResult): void {
    if (result.state === 'MOVED') {
      this.moved++;
      return;
    }
    if (result.state === 'FAILED') this.failed++;
    this.list(described, result.state, result.stateReason);
  }
}
