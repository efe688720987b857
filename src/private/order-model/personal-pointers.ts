import { isSchemaObject, PERSONAL_DATA, type JsonSchema } from './json-schema';
import { partAt, pointerTo, stepsOfReference } from './schema-pointer';

/** Schemas may refer to themselves. */
const MAX_DEPTH = 16;

/** The JSON Pointers to the fields that a schema marks as personal, in which `*` is every key of an object or list. */
export const personalPointers = (schema: JsonSchema): string[] => [...new Set(pointersIn(schema, schema, [], 0))];

function pointersIn(root: JsonSchema, schema: unknown, path: readonly string[], depth: number): string[] {
  if (!isSchemaObject(schema) || depth > MAX_DEPTH) return [];
  if (schema[PERSONAL_DATA] === true) return [pointerTo(path)];
  const here = [...partsOf(schema, ['allOf', 'anyOf', 'oneOf']), schema.if, schema.then, schema.else, ...targetOf(root, schema)];
  const fields = isSchemaObject(schema.properties) ? Object.entries(schema.properties) : [];
  const every = [
    schema.additionalProperties, schema.unevaluatedProperties, schema.items, schema.additionalItems, ...partsOf(schema, ['prefixItems', 'items']),
    ...Object.values(isSchemaObject(schema.patternProperties) ? schema.patternProperties : {}),
  ];
  return [
    ...here.flatMap((part) => pointersIn(root, part, path, depth + 1)),
    ...fields.flatMap(([name, part]) => pointersIn(root, part, [...path, name], depth + 1)),
    ...every.flatMap((part) => pointersIn(root, part, [...path, '*'], depth + 1)),
  ];
}

const partsOf = (schema: JsonSchema, keywords: readonly string[]): unknown[] =>
  keywords.flatMap((keyword) => (Array.isArray(schema[keyword]) ? schema[keyword] as unknown[] : []));

const targetOf = (root: JsonSchema, { $ref }: JsonSchema): unknown[] => (typeof $ref === 'string' ? [partAt(root, stepsOfReference($ref) ?? [])] : []);
