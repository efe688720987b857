import { isSchemaObject, type JsonSchema } from './json-schema';
import { pointerTo } from './schema-pointer';
import { STANDARD_ORDER_MODEL } from './standard-order-model';
import { STANDARD_ORDER_SCHEMA } from './standard-order-schema';
import type { OrderModelDescription } from '../contract';

/** What an extension may have besides its fields. */
const KEYWORDS = ['$schema', '$id', 'title', 'description', 'type', 'properties', 'required', '$defs', 'definitions', 'additionalProperties', '$comment', 'examples'];

const STANDARD_FIELDS = Object.keys(STANDARD_ORDER_SCHEMA.properties as object);
const STANDARD_DEFINITIONS = Object.keys(STANDARD_ORDER_SCHEMA.$defs as object);

/**
 * Adds the fields of an extension to the standard schema.
 *
 * @throws Error when the extension has more than fields, or a field of the standard model.
 */
export function extendStandardSchema(extension: JsonSchema): JsonSchema {
  if (!isSchemaObject(extension)) throw new Error('must be a JSON object');
  const fields = fieldsOf(extension);
  const taken = [
    ...fields.filter((field) => STANDARD_FIELDS.includes(field)).map((field) => `/properties/${field}`),
    ...Object.keys(extension.$defs ?? {}).filter((name) => STANDARD_DEFINITIONS.includes(name)).map((name) => `/$defs/${name}`),
  ];
  if (taken.length > 0) throw new Error(`${taken[0]}: the standard model has this name already; use another one`);
  const other = Object.keys(extension).filter((keyword) => !KEYWORDS.includes(keyword));
  if (other.length > 0) throw new Error(`/${other[0]}: is not supported in an extension; use a model of your own with fromJsonSchema`);
  if (extension.type !== undefined && extension.type !== 'object') throw new Error('/type: must be "object": an order is a JSON object');
  if (extension.additionalProperties !== undefined && extension.additionalProperties !== false) {
    throw new Error('/additionalProperties: must be false: the standard model has no other fields');
  }
  if (fields.length === 0) throw new Error('/properties: must have at least one field');
  const unknown = requiredOf(extension).find((field) => ![...STANDARD_FIELDS, ...fields].includes(field));
  if (unknown !== undefined) throw new Error(`/required: ${unknown} is not a field of the order`);
  return {
    ...STANDARD_ORDER_SCHEMA,
    examples: examplesOf(extension),
    required: requiredOf(extension),
    properties: { ...STANDARD_ORDER_SCHEMA.properties as object, ...extension.properties as object },
    $defs: { ...STANDARD_ORDER_SCHEMA.$defs as object, ...extension.$defs as object | undefined },
    ...(extension.definitions === undefined ? {} : { definitions: extension.definitions }),
  };
}

/** The standard model with the fields of an extension, all of which can be changed. */
export const standardModelWith = (extension: JsonSchema): OrderModelDescription => ({
  ...STANDARD_ORDER_MODEL,
  changeable: [...STANDARD_ORDER_MODEL.changeable, ...fieldsOf(extension).map((field) => pointerTo([field]))],
  required: requiredOf(extension),
});

const requiredOf = ({ required }: JsonSchema): string[] =>
  [...new Set([...STANDARD_ORDER_MODEL.required, ...(Array.isArray(required) ? required as string[] : [])])];

const fieldsOf = ({ properties }: JsonSchema): string[] => Object.keys(isSchemaObject(properties) ? properties : {});

/** The order of the standard model with the fields of each example. Without examples, it has the fields of neither. */
function examplesOf({ examples = [{}], required = [] }: JsonSchema): object[] {
  const [order] = STANDARD_ORDER_SCHEMA.examples as [object];
  const hasAll = (fields: object): boolean => (required as string[]).every((field) => field in order || field in fields);
  return (examples as object[]).filter(hasAll).map((fields) => ({ ...order, ...fields }));
}
