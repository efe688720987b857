import * as z from 'zod/mini';
import type { CommandDefinition } from './command-definition';
import type { PlacedItem } from './order-item';
import { REASON_FIELDS } from './reason';
import { notConfirmed } from './rejection';
import { confirmOrder, rejectPendingOrder } from './settle-order';
import { CONFIRMATION_DECISION, EVENT_TYPE, REFUSAL_CODE } from '../../../src/private/contract';
import { text } from '../json/text';

/** Why an order is rejected. */
export const reasonSchema = z.strictObject(REASON_FIELDS);

const requestSchema = z.strictObject({
  decisionId: text(1, 128),
  decision: z.enum(CONFIRMATION_DECISION),
  reasons: z.optional(z.array(reasonSchema).check(z.minLength(1), z.maxLength(20))),
}).check(z.refine(({ decision, reasons }) => decision !== CONFIRMATION_DECISION.REJECT || reasons !== undefined, {
  path: ['reasons'], error: 'is required to reject an order', params: { code: 'REQUIRED' },
}));

/** Confirms or rejects a pending order. */
export const decideConfirmation = {
  type: 'DecideConfirmation',
  channels: [],
  isRequestedOnBus: true,
  requested: EVENT_TYPE.ORDER_CONFIRMATION_DECIDED,
  done: EVENT_TYPE.ORDER_CONFIRMED,
  refused: EVENT_TYPE.ORDER_CONFIRMATION_REFUSED,
  requestSchema,
  toData: (request) => request,
  repeats: ({ confirmation }, { decisionId, decision }) => confirmation?.decision === decision && confirmation.cause.commandId === decisionId,
  apply: (item, { data: { decisionId, decision, reasons = [] } }, now, settings) => {
    const pending = item as PlacedItem;
    if (pending.confirmation!.cause.commandId !== decisionId) return { code: REFUSAL_CODE.DECISION_OUTDATED };
    if (decision === CONFIRMATION_DECISION.CONFIRM) return confirmOrder(pending, now);
    return rejectPendingOrder(pending, notConfirmed(reasons), now, settings);
  },
} as const satisfies CommandDefinition<typeof requestSchema, z.infer<typeof requestSchema>>;
