import { PersonalFields } from './personal-fields';
import type { ModelMetadata } from '../../src/private/contract';
import type { JsonSchema } from '../../src/private/order-model/json-schema';
import { personalPointers } from '../../src/private/order-model/personal-pointers';
import { isWithin } from '../../src/private/order-model/schema-pointer';
import { STANDARD_ORDER_MODEL } from '../../src/private/order-model/standard-order-model';
import { STANDARD_ORDER_SCHEMA } from '../../src/private/order-model/standard-order-schema';

/** What of an order model an erasure needs. */
export interface ErasableModel {
  /** JSON Pointers to what is personal, in which `*` is every key, for people. */
  readonly pointers: readonly string[];
  readonly fields: PersonalFields;
  readonly customerPath: string;
}

const STANDARD: ModelMetadata = { orderId: '/orderId', customerId: STANDARD_ORDER_MODEL.facts.customerId, schema: STANDARD_ORDER_SCHEMA };

/**
 * Reads what is personal of the model of a pipeline.
 *
 * @param further JSON Pointers to personal fields that the model does not mark.
 * @throws Error if it is not known.
 */
export function erasableModel({ orderId, customerId, schema }: ModelMetadata = STANDARD, further: readonly string[] = []): ErasableModel {
  if (schema === undefined) {
    throw new Error('the schema of the order model is too large for the template: shorten it to 32 KiB without its descriptions, and deploy it');
  }
  if (customerId === undefined) {
    throw new Error('the command knows no customer of orders of this pipeline: '
      + 'give `customerId` to OrderModel.fromJsonSchema, and deploy it with this version of cdk-order-pipeline');
  }
  const marked = personalPointers(schema as JsonSchema);
  const pointers = [...new Set([customerId, ...marked, ...further])];
  if (marked.length + further.length === 0) {
    throw new Error('the order model marks no field as personal: set "x-personal-data": true in its JSON Schema on the fields that are about a person, '
      + 'and deploy it; or give each with --field, such as --field /buyer/name');
  }
  const withId = pointers.find((pointer) => isWithin(orderId, pointer));
  if (withId !== undefined) throw new Error(`${withId} contains the ID of the order, which stays: mark the fields beside it instead`);
  return { pointers, fields: new PersonalFields(schema as JsonSchema, further), customerPath: customerId };
}
