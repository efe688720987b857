import { isSchemaObject, type JsonSchema } from './json-schema';
import { partAt, stepsOfReference } from './schema-pointer';

const COMBINED = ['allOf', 'anyOf', 'oneOf'];

/** A schema and those with which it is combined. */
function alternatives(root: JsonSchema, schema: unknown, depth = 0): JsonSchema[] {
  if (!isSchemaObject(schema) || depth > 16) return [];
  const combined = COMBINED.flatMap((keyword) => (Array.isArray(schema[keyword]) ? schema[keyword] as unknown[] : []));
  const target = typeof schema.$ref === 'string' ? [partAt(root, stepsOfReference(schema.$ref) ?? [])] : [];
  return [schema, ...[...combined, ...target, schema.then, schema.else].flatMap((part) => alternatives(root, part, depth + 1))];
}

/** The names of the fields of an object. */
export const fieldsOf = (root: JsonSchema, schema: JsonSchema): string[] =>
  [...new Set(alternatives(root, schema).flatMap(({ properties }) => Object.keys(isSchemaObject(properties) ? properties : {})))];

/** The schemas of the value at a path. Undefined if the schema cannot have a value there. */
export function partsAt(root: JsonSchema, schema: unknown, [step, ...rest]: readonly string[]): JsonSchema[] | undefined {
  const parts = alternatives(root, schema);
  if (step === undefined) return parts;
  const fields = parts.flatMap(({ properties, additionalProperties }) => {
    if (isSchemaObject(properties) && Object.hasOwn(properties, step)) return [properties[step]];
    return isSchemaObject(additionalProperties) ? [additionalProperties] : [];
  });
  const found = fields.map((field) => partsAt(root, field, rest)).filter((schemas) => schemas !== undefined);
  return found.length === 0 ? undefined : found.flat();
}

/** The types that the value at a path can have: empty if the schema does not restrict them, undefined if it cannot have a value there. */
export function typesAt(root: JsonSchema, schema: unknown, steps: readonly string[]): string[] | undefined {
  const parts = partsAt(root, schema, steps);
  return parts && [...new Set(parts.flatMap(({ type }) => (type === undefined ? [] : [type].flat() as string[])))].filter((type) => type !== 'null');
}
