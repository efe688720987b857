import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { deliveryKey, type Delivery, type DeliveryAttempt, type DueDelivery } from '#shared';
import { toAttributes } from './attribute-values';

/** The attempts that are kept, of which the first show when the failures began. */
const [FIRST_ATTEMPTS, LAST_ATTEMPTS] = [5, 15];

type Changes = { readonly [Field in 'status' | 'dueAt' | 'giveUpAt' | 'finishedAt' | 'reason']?: Delivery[Field] | undefined };

/**
 * Creates the write that changes a delivery, on the condition that it is due when it was due as it was read: whatever changes a delivery changes that,
 * or its status. An undefined field is removed.
 */
export function deliveryUpdate(TableName: string, delivery: DueDelivery | Delivery, changes: Changes, attempt?: DeliveryAttempt): TransactWriteItem {
  const { dueAt } = delivery;
  const isPending = !('status' in delivery) || delivery.status === 'PENDING';
  const set = { ...changes, ...(attempt ? attemptFields(delivery as Delivery, attempt) : {}) };
  const kept = Object.keys(set).filter((name) => set[name as keyof Changes] !== undefined);
  const removed = Object.keys(set).filter((name) => !kept.includes(name));
  return {
    Update: {
      TableName,
      Key: toAttributes(deliveryKey(delivery)),
      UpdateExpression: `SET ${kept.map((name) => `#${name} = :${name}`).join(', ')}${removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : ''}`,
      ConditionExpression: `#status ${isPending ? '=' : '<>'} :pending AND #dueAt = :wasDueAt`,
      ExpressionAttributeNames: Object.fromEntries([...kept, ...removed, 'status', 'dueAt'].map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: toAttributes({
        ...Object.fromEntries(kept.map((name) => [`:${name}`, set[name as keyof Changes]])), ':pending': 'PENDING', ':wasDueAt': dueAt,
      }),
    },
  };
}

function attemptFields({ attempts, attemptCount }: Delivery, attempt: DeliveryAttempt) {
  const all = [...attempts, attempt];
  const kept = all.length <= FIRST_ATTEMPTS + LAST_ATTEMPTS ? all : [...all.slice(0, FIRST_ATTEMPTS), ...all.slice(-LAST_ATTEMPTS)];
  return { attempts: kept, attemptCount: attemptCount + 1, lastAttempt: attempt };
}
