import { isSchemaObject, type JsonSchema } from './json-schema';

/** Keywords whose value is a schema, or a list of schemas. The value of any other keyword is data: a `$ref` or `pattern` in it means nothing. */
const SCHEMAS = new Set([
  'additionalItems', 'additionalProperties', 'allOf', 'anyOf', 'contains', 'contentSchema', 'else', 'if', 'items', 'not', 'oneOf', 'prefixItems', 'propertyNames',
  'then', 'unevaluatedItems', 'unevaluatedProperties',
]);

/** Keywords whose value is an object of schemas, by names that may be those of keywords. */
const MAPS = new Set(['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties']);

type Path = readonly (string | number)[];
type MapPart = (part: unknown, path: Path) => unknown;

/** Replaces the direct parts of a schema that are schemas. `map` gets each with its path within the schema. */
export const mapSubschemas = (schema: JsonSchema, map: MapPart): JsonSchema =>
  Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, mapKeyword(keyword, value, map)]));

function mapKeyword(keyword: string, value: unknown, map: MapPart): unknown {
  if (SCHEMAS.has(keyword)) return Array.isArray(value) ? value.map((part, index) => map(part, [keyword, index])) : map(value, [keyword]);
  if (!MAPS.has(keyword) || !isSchemaObject(value)) return value;
  // In `dependencies`, a list has names.
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, Array.isArray(part) ? part : map(part, [keyword, name])]));
}

/** The direct parts of a schema that are schemas, with their paths within it. */
export function subschemasOf(schema: JsonSchema): [path: Path, part: unknown][] {
  const parts: [Path, unknown][] = [];
  mapSubschemas(schema, (part, path) => {
    parts.push([path, part]);
    return part;
  });
  return parts;
}
