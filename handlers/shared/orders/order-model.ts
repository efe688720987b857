import * as compiled from '#order-model';
import { changeableErrors, unchangeableErrors } from './changeable';
import type { CompiledModel, SchemaValidator } from './compiled-model';
import { lineItemsReader, type LineItem } from './line-items';
import { differenceOf, mergePatch, withoutRemovals } from './merge-patch';
import type { OrderContent, OrderDocument, OrderPatch, ValidOrder } from './order-document';
import { factsReader, orderIdOf } from './order-facts';
import { standardFieldErrors, standardTotal, type StandardOrder } from './standard-order';
import { addErrors, listErrors, type FieldError } from '../json/field-error';
import { findUnstorable } from '../json/find-unstorable';
import { schemaErrors } from '../json/schema-errors';
import type { Validated } from '../json/validate-shape';
import { stepsOf, valueAt, withValueAt } from '../json/value-at';
import { withoutNulls } from '../json/without-nulls';

/** A model of orders: all that the pipeline knows of the fields of an order. */
export interface OrderModel {
  /** The JSON Pointer to the order ID. */
  readonly orderIdPath: string;
  /** The JSON Pointer to the customer ID; undefined in a model without one. */
  readonly customerIdPath?: string;
  /** The field of an order that follows from the others, so that comparisons need not consider it. */
  readonly derivedField?: string;
  /** Validates the fields of an order one by one. `isPlain` states that the candidate can be stored and has no `null`, which then is not checked. */
  validateFields(candidate: unknown, isPlain?: boolean): Validated<ValidOrder>;
  /** Validates fields that depend on each other, such as the total. */
  validateTotal(order: ValidOrder): Validated<ValidOrder>;
  /** Validates an order as a whole; `isPlain` as for `validateFields`. */
  validate(candidate: unknown, isPlain?: boolean): Validated<ValidOrder>;
  /** Validates the fields of a patch one by one. */
  validatePatch(patch: unknown): Validated<OrderPatch>;
  /** The errors for the fields by which two orders differ although they cannot be changed. */
  differenceErrors(before: OrderDocument, after: OrderDocument): FieldError[];
  /** The order ID in a document, if it has a valid form. */
  orderIdIn(candidate: unknown): string | undefined;
  /** The value at the place of the order ID; undefined without one. */
  givenOrderId(candidate: unknown): unknown;
  /** A document with this order ID. A document that cannot have one is returned as it is. */
  withOrderId(candidate: unknown, orderId: unknown): unknown;
  /** The value at the place of the customer ID; undefined without one. */
  givenCustomerId(candidate: unknown): unknown;
  /** A document with this customer ID. A document that cannot have one is returned as it is. */
  withCustomerId(candidate: unknown, customerId: string): unknown;
  /** The line items of an order; undefined in a model that does not state where they are. */
  lineItems(order: OrderDocument): readonly LineItem[] | undefined;
  /** The order for comparisons: with its total, whether it is given or not. */
  comparable(order: OrderContent): OrderDocument;
  /** Applies a merge patch. A total that was given before does not apply to other amounts. */
  applyPatch(order: OrderDocument, patch: OrderPatch): OrderDocument;
}

/** The object in an order whose fields are a caller's own: a `null` in it is a value. */
const KEEPING_NULLS = ['attributes'];

/** Makes a model of what the compiler generated. */
export function createOrderModel({ validateOrder, validateChange, description }: CompiledModel): OrderModel {
  const { isStandard } = description;
  const readFacts = factsReader(description);
  const orderIdSteps = stepsOf(description.facts.orderId);
  const customerIdSteps = stepsOf(description.facts.customerId ?? '');
  const hasCustomers = customerIdSteps.length > 0;
  const absentNulls = (value: unknown): unknown => (isStandard ? withoutNulls(value, KEEPING_NULLS) : value);

  const model: OrderModel = {
    orderIdPath: description.facts.orderId,
    validateFields: (candidate, isPlain) => {
      const order = isPlain ? candidate : absentNulls(candidate);
      const unstorable = isPlain ? [] : findUnstorable(order);
      const beyondSchema = isStandard ? unstorable.concat(standardFieldErrors(order)) : unstorable;
      const errors = addErrors(brokenBy(validateOrder, order), beyondSchema);
      if (errors.length > 0) return { errors: listErrors(errors) };
      const facts = readFacts(order);
      return facts.errors ? facts : { value: { ...facts.value, order: order as OrderDocument } };
    },
    validateTotal: (valid) => {
      if (!isStandard) return { value: valid };
      const total = standardTotal(valid.order as StandardOrder);
      return total.errors ? total : { value: { ...valid, facts: { ...valid.facts, total: total.value } } };
    },
    validate: (candidate, isPlain) => {
      const fields = model.validateFields(candidate, isPlain);
      return fields.errors ? fields : model.validateTotal(fields.value);
    },
    validatePatch: (patch) => {
      const errors = addErrors(brokenBy(validateChange, isStandard ? withoutNulls(patch, KEEPING_NULLS) : withoutRemovals(patch)), [
        ...findUnstorable(patch), ...changeableErrors(patch, description),
      ]);
      return errors.length > 0 ? { errors: listErrors(errors) } : { value: patch as OrderPatch };
    },
    differenceErrors: (before, after) => unchangeableErrors(differenceOf(before, after), description),
    orderIdIn: (candidate) => orderIdOf(valueAt(candidate, ...orderIdSteps)),
    givenOrderId: (candidate) => valueAt(candidate, ...orderIdSteps) ?? undefined,
    withOrderId: (candidate, orderId) => withValueAt(candidate, orderIdSteps, orderId) ?? candidate,
    customerIdPath: description.facts.customerId,
    givenCustomerId: (candidate) => (hasCustomers ? valueAt(candidate, ...customerIdSteps) ?? undefined : undefined),
    withCustomerId: (candidate, customerId) => (hasCustomers ? withValueAt(candidate, customerIdSteps, customerId) ?? candidate : candidate),
    derivedField: isStandard ? 'total' : undefined,
    lineItems: lineItemsReader(description),
    comparable: ({ order, facts }) => (isStandard && order.total !== facts.total ? { ...order, total: facts.total } : order),
    applyPatch: (order, patch) => mergePatch(isStandard && changesAmounts(patch) ? withoutTotal(order) : order, patch),
  };
  return model;
}

function brokenBy(validate: SchemaValidator, value: unknown): FieldError[] {
  return validate(value) ? [] : schemaErrors(validate.errors ?? []);
}

const changesAmounts = (patch: OrderPatch): boolean => 'items' in patch || 'adjustments' in patch;

const withoutTotal = ({ total, ...order }: OrderDocument): OrderDocument => order;

/** The model of this pipeline. */
export const orderModel = createOrderModel(compiled);
