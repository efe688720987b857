import type { DeadLetter } from '../../cli/console/console-api';

/** What a message is about, which stays the same when it is redriven: its ID does not. */
export const subjectOf = ({ queue, orderId, tenant, correlationId, messageId }: DeadLetter): string =>
  [queue, tenant ?? '', orderId ?? correlationId ?? messageId].join('/');

/** The messages about something that was redriven before, and that are in a dead-letter queue again. */
export const cameBack = (redriven: ReadonlySet<string>, messages: readonly DeadLetter[]): DeadLetter[] =>
  messages.filter((message) => redriven.has(subjectOf(message)));
