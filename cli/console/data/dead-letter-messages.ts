import type { DeadLetteredMessage } from './count-totals';
import type { DeadLetterLists } from './dead-letter-lists';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';

/** The age up to which the list of an unchanged queue is used: other messages may have replaced those in it. */
const MAX_AGE_MS = 30_000;

/**
 * Returns the messages in the dead-letter queues.
 *
 * @param counts the numbers of messages by the names of the queues.
 */
export async function deadLetterMessages(
  counts: Readonly<Record<string, number>>, routes: readonly RedriveRoute[], lists: DeadLetterLists,
): Promise<DeadLetteredMessage[]> {
  const filled = routes.filter(({ name }) => (counts[name] ?? 0) > 0);
  const reports = await Promise.all(filled.map((route) => lists.read(route, counts[route.name], MAX_AGE_MS)));
  return reports.flatMap(({ queue, messages }) => messages.map((message) => ({ ...message, queue })));
}
