import type { ApiRequest } from './api-request';
import type { Caller } from './caller';
import { identifyOrder } from './identify-order';
import { withCustomerId } from './ownership';
import { Problem } from './problem';
import { COMMANDS } from '../commands/registry';
import { isObject } from '../json/is-object';
import { validateShape } from '../json/validate-shape';
import type { OrderPatch, ValidOrder } from '../orders/order-document';
import { orderModel } from '../orders/order-model';

/**
 * Reads the order of a placement: with its ID, and with the customer ID of a caller who is a customer.
 *
 * @throws Problem 400 with all errors in the order.
 */
export function readPlacement(request: ApiRequest, caller: Caller, body: unknown): ValidOrder {
  const { value, errors } = orderModel.validateFields(isObject(body) ? withCustomerId(withOrderId(request, caller, body), caller) : body);
  if (errors) throw new Problem(400, 'invalid-order', 'the order is not valid; see errors', errors);
  return value;
}

const withOrderId = (request: ApiRequest, caller: Caller, body: object): unknown =>
  orderModel.withOrderId(body, identifyOrder(request, caller, orderModel.givenOrderId(body)));

/**
 * Reads the patch of a change.
 *
 * @throws Problem 400 with all errors in the patch.
 */
export function readPatch(body: unknown): OrderPatch {
  const { value, errors } = orderModel.validatePatch(body);
  if (errors) throw new Problem(400, 'invalid-change', 'the change is not valid; see errors', errors);
  return value;
}

/**
 * Reads a cancellation.
 *
 * @throws Problem 400 with all errors in it.
 */
export function readCancellation(body: unknown): { readonly reason: string } {
  const { value, errors } = validateShape(COMMANDS.CancelOrder.bodySchema, body);
  if (errors) throw new Problem(400, 'invalid-cancellation', 'the cancellation is not valid; see errors', errors);
  return value;
}
