import { parseBody, type DeadLetterMessage } from './dead-letter-message';
import { messageIdsOf } from './message-ids';
import type { RedriveRequest } from './redrive-request';
import type { DescribedMessage } from './redrive-response';
import type { RedriveRoute } from './redrive-routes';
import { valueAt } from '../json/value-at';

/** Describes a message by its IDs, age and reason, without the content of orders. */
export const describeMessage = (message: DeadLetterMessage, route: RedriveRoute, now: number): DescribedMessage => ({
  id: message.id,
  ...messageIdsOf(message, route),
  age: Math.max(0, Math.floor((now - message.sentAt) / 1000)),
  receiveCount: message.receiveCount,
  reason: reasonOf(message, route.maxReceiveCount),
});

/** Returns whether a message matches the filters of a request. */
export const matchesRequest = (
  { id, orderId, tenant, reason, age }: Pick<DescribedMessage, 'orderId' | 'tenant' | 'reason' | 'age'> & Partial<Pick<DescribedMessage, 'id'>>,
  request: Pick<RedriveRequest, 'messageIds' | 'orderId' | 'tenant' | 'error' | 'olderThan' | 'newerThan'>,
): boolean =>
  (request.messageIds === undefined || (id !== undefined && request.messageIds.includes(id)))
  && (request.orderId === undefined || orderId === request.orderId)
  && (request.tenant === undefined || tenant === request.tenant)
  && (request.error === undefined || reason.toLowerCase().includes(request.error.toLowerCase()))
  && age >= (request.olderThan ?? 0)
  && age < (request.newerThan ?? Infinity);

const MAX_REASON_LENGTH = 256;

/**
 * Returns why a message is in a dead-letter queue: the reason in its attributes from our handlers or EventBridge, or in its body from Lambda.
 * For messages that SQS moved, only the number of failed receives is known.
 */
export function reasonOf(message: DeadLetterMessage, maxReceiveCount?: number): string {
  const [reason, code, errorMessage] = ['Reason', 'ERROR_CODE', 'ERROR_MESSAGE'].map((name) => attribute(message, name));
  const details = !reason && code && errorMessage ? `: ${errorMessage}` : '';
  return `${shortReasonOf(message, maxReceiveCount)}${details}`.slice(0, MAX_REASON_LENGTH);
}

/** Returns the reason for an order's history, which clients may see: without EventBridge's message, which names resources of the account. */
export function shortReasonOf(message: DeadLetterMessage, maxReceiveCount?: number): string {
  const fallback = maxReceiveCount === undefined ? 'failed too often' : `failed ${maxReceiveCount} times`;
  return (attribute(message, 'Reason') || attribute(message, 'ERROR_CODE') || lambdaCondition(message) || fallback).slice(0, MAX_REASON_LENGTH);
}

const attribute = ({ attributes }: DeadLetterMessage, name: string): string | undefined => attributes[name]?.StringValue;

/** Returns the condition in Lambda's record of a failed invocation, such as `RetriesExhausted`. */
function lambdaCondition(message: DeadLetterMessage): string | undefined {
  const condition = valueAt(parseBody(message), 'requestContext', 'condition');
  return typeof condition === 'string' && /^\w{1,64}$/.test(condition) ? condition : undefined;
}
