import { isSchemaObject, type JsonSchema } from './json-schema';
import { pointerTo, partAt, stepsOf } from './schema-pointer';

/** Keywords about an object as a whole, which a patch with some of its fields need not satisfy. The changed order must. */
const OF_WHOLE_OBJECTS = new Set([
  'required', 'minProperties', 'dependentRequired', 'dependentSchemas', 'dependencies', 'if', 'then', 'else', 'not', 'unevaluatedProperties', 'const', 'enum', 'default',
  '$schema', '$id', '$defs', 'definitions', '$comment',
]);

/** Keywords with a list of schemas. Fields of a patch can match several alternatives of which an order matches one. */
const LISTS: Readonly<Record<string, string>> = { allOf: 'allOf', anyOf: 'anyOf', oneOf: 'anyOf' };

/** Keywords with an object of schemas, and with one schema. */
const MAPS = ['properties', 'patternProperties'];
const SCHEMAS = ['additionalProperties'];

/**
 * Returns the schema of JSON merge patches (RFC 7396) without their `null` values, for orders with a schema: objects are merged, and everything
 * else is replaced as a whole. It refers to the schema of orders as `order`.
 */
export function changeSchema(schema: JsonSchema): JsonSchema {
  const definitions = new Map<string, unknown>();
  const root = relaxed(schema, { schema, definitions });
  return { ...(schema.$schema === undefined ? {} : { $schema: schema.$schema }), ...(root as JsonSchema), $defs: Object.fromEntries(definitions) };
}

interface Context {
  readonly schema: JsonSchema;
  /** The relaxed targets of references. */
  readonly definitions: Map<string, unknown>;
}

/** Relaxes the schema of a value that may be an object. Values of other types keep their schema. */
function relaxed(part: unknown, context: Context): unknown {
  if (!isSchemaObject(part)) return part;
  if (!canBeObject(part)) return referringToOrder(part);
  return Object.fromEntries(Object.entries(part).filter(([keyword]) => !OF_WHOLE_OBJECTS.has(keyword)).map(([keyword, value]) => relaxedKeyword(keyword, value, context)));
}

function relaxedKeyword(keyword: string, value: unknown, context: Context): [string, unknown] {
  if (keyword === '$ref') return ['$ref', relaxedReference(String(value), context)];
  if (keyword in LISTS) return [LISTS[keyword], (value as unknown[]).map((part) => relaxed(part, context))];
  if (MAPS.includes(keyword)) return [keyword, Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, relaxed(part, context)]))];
  if (SCHEMAS.includes(keyword)) return [keyword, relaxed(value, context)];
  return [keyword, referringToOrder(value)];
}

/** A schema without a type can be satisfied by an object. */
function canBeObject({ type, ...part }: JsonSchema): boolean {
  if (type !== undefined) return [type].flat().includes('object');
  return !('const' in part) && !('enum' in part);
}

function relaxedReference(reference: string, context: Context): string {
  const { schema, definitions } = context;
  const target = decodeURIComponent(reference.slice(1));
  if (!definitions.has(target)) {
    // Before its own references are followed, because it may refer to itself.
    definitions.set(target, true);
    definitions.set(target, relaxed(partAt(schema, stepsOf(target) ?? []), context));
  }
  return `#${encodeURI(pointerTo(['$defs', target]))}`;
}

/** Replaces references within the schema of orders with references to it. */
function referringToOrder(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(referringToOrder);
  if (!isSchemaObject(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([keyword, value]) =>
    [keyword, keyword === '$ref' && typeof value === 'string' ? `order${value}` : referringToOrder(value)]));
}
