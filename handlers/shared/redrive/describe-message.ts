import type { DeadLetterMessage } from './dead-letter-message';
import { messageIdsOf } from './message-ids';
import { reasonOf } from './message-reason';
import type { DescribedMessage } from './redrive-answer';
import type { RedriveRequest } from './redrive-request';
import type { RedriveRoute } from './redrive-routes';

/** A message as it is told of, before anything was done about it. */
export const describeMessage = (message: DeadLetterMessage, route: RedriveRoute, now: number): DescribedMessage => ({
  id: message.id,
  ...messageIdsOf(message, route),
  age: Math.max(0, Math.floor((now - message.sentAt) / 1000)),
  receiveCount: message.receiveCount,
  reason: reasonOf(message, route.tries),
});

/** Whether a message is one of those that were asked for. */
export const matchesRequest = (
  { orderId, reason, age }: Pick<DescribedMessage, 'orderId' | 'reason' | 'age'>, request: Pick<RedriveRequest, 'orderId' | 'error' | 'olderThan' | 'newerThan'>,
): boolean =>
  (request.orderId === undefined || orderId === request.orderId)
  && (request.error === undefined || reason.toLowerCase().includes(request.error.toLowerCase()))
  && age >= (request.olderThan ?? 0)
  && age < (request.newerThan ?? Infinity);
