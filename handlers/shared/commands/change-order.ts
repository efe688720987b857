import * as z from 'zod/mini';
import { changePlacedOrder, changeRefusal } from './change-placed-order';
import type { CommandDefinition, EventContent } from './command-definition';
import { expectedVersionSchema } from './expected-version';
import { validOrderIn, type PlacedItem } from './order-item';
import { refusal } from './refusal';
import { CHANNEL, EVENT_TYPE, REFUSAL_CODE } from '../../../src/private/contract';
import { addErrors, listErrors, type FieldError } from '../json/field-error';
import { validateShape } from '../json/validate-shape';
import { valueAt } from '../json/value-at';
import { applyPatch, changedFields } from '../orders/order-change';
import { orderModel } from '../orders/order-model';

const requestSchema = z.strictObject({ patch: z.record(z.string(), z.unknown()), expectedVersion: expectedVersionSchema });

/** Changes the content of an order by a JSON merge patch. */
export const changeOrder = {
  type: 'ChangeOrder',
  channels: [CHANNEL.API],
  isRequestedOnBus: true,
  requested: EVENT_TYPE.ORDER_CHANGE_REQUESTED,
  done: EVENT_TYPE.ORDER_CHANGED,
  refused: EVENT_TYPE.ORDER_CHANGE_REFUSED,
  received: ['order change received', 'OrderChangeReceived'],
  requestSchema,
  validate: (payload) => validateChange(payload),
  toData: (request) => request,
  apply: (item, command, now, settings) => {
    const placed = item as PlacedItem;
    const code = changeRefusal(placed, settings);
    if (code) return { code };
    const before = validOrderIn(placed);
    const { value: after, errors } = applyPatch(before.order, command.data.patch);
    if (errors) return { code: REFUSAL_CODE.INVALID_COMMAND, errors };
    const changed = changedFields(before, after);
    if (changed.length === 0) return { outcome: 'ChangeRepeated' };
    return changePlacedOrder(placed, after, changed, command, now, settings);
  },
} as const satisfies CommandDefinition<typeof requestSchema, z.infer<typeof requestSchema>>;

/** The model validates the patch, the schema everything else. */
function validateChange(payload: unknown): EventContent {
  const request = validateShape(requestSchema, payload);
  const errors = addErrors(request.errors ?? [], patchErrors(valueAt(payload, 'patch')));
  return errors.length === 0
    ? { type: EVENT_TYPE.ORDER_CHANGE_REQUESTED, data: request.value }
    : { type: EVENT_TYPE.ORDER_CHANGE_REFUSED, data: refusal(REFUSAL_CODE.INVALID_COMMAND, listErrors(errors)) };
}

/** The errors of a patch; none without one, which is an error of its own. */
const patchErrors = (patch: unknown): FieldError[] =>
  (patch === undefined ? [] : orderModel.validatePatch(patch).errors ?? []).map((error) => ({ ...error, path: `/patch${error.path}` }));
