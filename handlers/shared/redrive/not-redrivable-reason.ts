import { dig, jsonOf, type DeadLetterMessage } from './dead-letter-message';
import type { RedriveRoute } from './redrive-routes';

/** Why a message cannot be put back; undefined where it can. */
export function notRedrivableReason(message: DeadLetterMessage, { queueUrl, functionName, notRedrivable }: RedriveRoute): string | undefined {
  if (queueUrl) return undefined;
  if (!functionName) return notRedrivable ?? 'no queue is known that it could be put back into';
  const json = jsonOf(message);
  if (typeof dig(json, 'dynamodb', 'SequenceNumber') === 'string' || typeof dig(json, 'dynamodb', 'NewImage') === 'object') return undefined;
  // Lambda writes these after a day of trouble, which is as long as a stream keeps its records.
  if (dig(json, 'DDBStreamBatchInfo') !== undefined) return 'it only says where in the stream records were, and the stream has dropped them by now';
  return 'it is no record of a stream';
}
