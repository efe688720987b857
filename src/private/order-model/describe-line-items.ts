import { isSchemaObject, type JsonSchema } from './json-schema';
import { partsAt, typesAt } from './schema-fields';
import { stepsOf } from './schema-pointer';
import type { LineItemPointers } from '../contract';

/** Pointers to line items and, within one, to its quantity and its ID, as an app gives them. */
export interface LineItemOptions {
  readonly lineItems?: string;
  readonly lineItemQuantity?: string;
  readonly lineItemId?: string;
}

/** Where the line items are, or why a pointer cannot be right. */
interface DescribedLineItems {
  readonly pointers?: LineItemPointers;
  readonly errors: readonly string[];
}

/** The types of a JSON value to which each pointer can lead. */
const TYPES = { lineItems: ['array'], lineItemQuantity: ['integer', 'number'], lineItemId: ['string', 'integer'] } as const;

const EXAMPLES = { lineItems: '/lines', lineItemQuantity: '/quantity', lineItemId: '/id' } as const;

/** Describes the line items of a model for the handlers, or lists why a pointer cannot be right. */
export function describeLineItems(schema: JsonSchema, options: LineItemOptions): DescribedLineItems {
  const { lineItems: path, lineItemQuantity: quantity, lineItemId: id } = options;
  if (path === undefined) {
    const given = (['lineItemQuantity', 'lineItemId'] as const).filter((name) => options[name] !== undefined);
    return { errors: given.map((name) => `\`${name}\` cannot be set without \`lineItems\``) };
  }
  if (quantity === undefined) return { errors: ['`lineItems` requires `lineItemQuantity`, the JSON Pointer to the quantity in a line item, such as /quantity'] };
  const errors = pointerErrors(schema, [schema], 'lineItems', path);
  if (errors.length > 0) return { errors };
  const lines = (partsAt(schema, schema, stepsOf(path)!) ?? []).map(({ items }) => items).filter(isSchemaObject);
  const within = [
    ...pointerErrors(schema, lines, 'lineItemQuantity', quantity),
    ...(id === undefined ? [] : pointerErrors(schema, lines, 'lineItemId', id)),
  ];
  return { errors: within, pointers: { path, quantity, ...(id === undefined ? {} : { id }), changeable: [quantity] } };
}

/** Line items without a schema can have any field. */
function pointerErrors(root: JsonSchema, schemas: readonly JsonSchema[], name: keyof typeof TYPES, pointer: string): string[] {
  const steps = stepsOf(pointer);
  if (!steps || steps.length === 0) return [`\`${name}\` must be a JSON Pointer to a field, such as ${EXAMPLES[name]}, got ${JSON.stringify(pointer)}`];
  if (schemas.length === 0) return [];
  const found = schemas.map((schema) => typesAt(root, schema, steps)).filter((types) => types !== undefined);
  if (found.length === 0) return [`\`${name}\`: ${name === 'lineItems' ? 'the schema has' : 'a line item has'} no field ${pointer}`];
  const types = [...new Set(found.flat())];
  const possible: readonly string[] = TYPES[name];
  return types.length === 0 || types.some((type) => possible.includes(type)) ? [] : [`\`${name}\`: ${pointer} is ${types.join(' or ')}, but must be ${possible.join(' or ')}`];
}
