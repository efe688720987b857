import { mapReferences } from './component';
import { changeSchema } from '../order-model/change-schema';
import type { JsonSchema } from '../order-model/json-schema';

/** The schema of an order as a document of its own. */
export const orderSchema = (schema: JsonSchema): JsonSchema => withoutMessages(schema) as JsonSchema;

/** The components `Order` and `OrderChange` of a model. References within the model become references to the component. */
export function orderComponents(schema: JsonSchema): Record<string, JsonSchema> {
  const inOrder = (reference: string): string => `#/$defs/Order${reference.replace(/^(?:order)?#/, '')}`;
  const inChange = (reference: string): string => (reference.startsWith('order#') ? inOrder(reference) : `#/$defs/OrderChange${reference.slice(1)}`);
  return {
    Order: mapReferences(withoutMessages(schema), inOrder) as JsonSchema,
    OrderChange: {
      ...withNulls(mapReferences(withoutMessages(changeSchema(schema)), inChange)) as JsonSchema,
      title: 'Change of an order',
      description: 'A JSON merge patch (RFC 7396): objects are merged, other values replace the present ones, and null removes them.',
      minProperties: 1,
    },
  };
}

/** `errorMessage` is a keyword of the pipeline. */
function withoutMessages(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutMessages);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).filter(([keyword, value]) => keyword !== 'errorMessage' || typeof value !== 'string')
    .map(([keyword, value]) => [keyword, withoutMessages(value)]));
}

/** Allows null for the fields of the objects that are merged. Arrays are replaced as a whole. */
function withNulls(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([keyword, value]) => {
    if (keyword === 'properties') return [keyword, Object.fromEntries(Object.entries(value as object).map(([name, field]) => [name, orNull(withNulls(field))]))];
    if (keyword === 'additionalProperties' && typeof value === 'object') return [keyword, orNull(withNulls(value))];
    if (keyword === '$defs') return [keyword, Object.fromEntries(Object.entries(value as object).map(([name, field]) => [name, withNulls(field)]))];
    return [keyword, ['allOf', 'anyOf'].includes(keyword) ? (value as unknown[]).map(withNulls) : value];
  }));
}

const orNull = (schema: unknown): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
