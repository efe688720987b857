import type { Letter } from './letter';
import { idsOf } from './letter-ids';
import { reasonOf } from './letter-reason';
import type { DescribedLetter } from './redrive-answer';
import type { RedriveRequest } from './redrive-request';
import type { RedriveRoute } from './redrive-routes';

/** A message as it is told of, before anything was done about it. */
export const describeLetter = (letter: Letter, route: RedriveRoute, now: number): DescribedLetter => ({
  id: letter.id,
  ...idsOf(letter, route),
  age: Math.max(0, Math.floor((now - letter.sentAt) / 1000)),
  receiveCount: letter.receiveCount,
  reason: reasonOf(letter, route.tries),
});

/** Whether a message is one of those that were asked for. */
export const isAskedFor = (
  { orderId, reason, age }: Pick<DescribedLetter, 'orderId' | 'reason' | 'age'>, request: Pick<RedriveRequest, 'orderId' | 'error' | 'olderThan' | 'newerThan'>,
): boolean =>
  (request.orderId === undefined || orderId === request.orderId)
  && (request.error === undefined || reason.toLowerCase().includes(request.error.toLowerCase()))
  && age >= (request.olderThan ?? 0)
  && age < (request.newerThan ?? Infinity);
