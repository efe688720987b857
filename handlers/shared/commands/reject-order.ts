import { sequenceOf, type CommandDefinition } from './command-definition';
import type { RejectedItem } from './order-item';
import { rejectionSchema, type Rejection } from './rejection';
import { EVENT_TYPE } from '../../../src/private/contract';
import type { OrderFacts } from '../orders/order-facts';

/** Stores a rejection. No channel sends it: validation makes it from a placement that broke a rule, and publishes `OrderRejected`. */
export const rejectOrder = {
  type: 'RejectOrder',
  channels: [],
  requested: EVENT_TYPE.ORDER_REJECTED,
  refused: EVENT_TYPE.ORDER_REJECTED,
  requestSchema: rejectionSchema,
  toData: (rejection, facts) => ({ ...rejection, facts }),
  apply: (item, { data: { facts, ...rejection } }, now, { rejectedOrderRetention }) => {
    const at = now.toISOString();
    const rejected: RejectedItem = {
      ...facts,
      ...sequenceOf(item),
      status: 'REJECTED',
      version: 0,
      rejection,
      createdAt: at,
      updatedAt: at,
      visibleUntil: Math.floor(now.getTime() / 1000) + rejectedOrderRetention,
    };
    return { item: rejected, outcome: 'RejectionStored' };
  },
  expire: () => ({ outcome: 'RejectionOutdated' }),
} as const satisfies CommandDefinition<typeof rejectionSchema, Rejection & { readonly facts?: OrderFacts }>;
