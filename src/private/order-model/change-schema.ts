import { isSchemaObject, type JsonSchema } from './json-schema';
import { partAt, referenceTo, stepsOfReference } from './schema-pointer';
import { mapSubschemas } from './subschemas';

/** Keywords about an object as a whole, which a patch with some of its fields need not satisfy. The changed order must. */
const OF_WHOLE_OBJECTS = new Set([
  'required', 'minProperties', 'dependentRequired', 'dependentSchemas', 'dependencies', 'if', 'then', 'else', 'not', 'unevaluatedProperties', 'const', 'enum', 'default',
  'examples', '$schema', '$id', '$defs', 'definitions', '$comment',
]);

/** Keywords whose schemas are for the object itself or for its fields, which a patch may have in part. */
const OF_FIELDS = new Set(['properties', 'patternProperties', 'additionalProperties', 'allOf', 'anyOf', 'oneOf']);

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
  const kept = Object.fromEntries(Object.entries(part).filter(([keyword]) => !OF_WHOLE_OBJECTS.has(keyword)));
  const mapped = mapSubschemas(kept, (each, [keyword]) => (OF_FIELDS.has(String(keyword)) ? relaxed(each, context) : referringToOrder(each)));
  const { $ref, oneOf, ...rest } = mapped;
  // A patch can match several alternatives, of which the order matches one.
  const alternatives = oneOf === undefined ? {} : { allOf: [...(rest.allOf as unknown[] | undefined ?? []), { anyOf: oneOf }] };
  return { ...rest, ...alternatives, ...($ref === undefined ? {} : { $ref: relaxedReference(String($ref), context) }) };
}

/** A schema without a type can be satisfied by an object. */
function canBeObject({ type, ...part }: JsonSchema): boolean {
  if (type !== undefined) return [type].flat().includes('object');
  return !('const' in part) && !('enum' in part);
}

function relaxedReference(reference: string, context: Context): string {
  const { schema, definitions } = context;
  const steps = stepsOfReference(reference)!;
  const target = JSON.stringify(steps);
  if (!definitions.has(target)) {
    // Before its own references are followed, because it may refer to itself.
    definitions.set(target, true);
    definitions.set(target, relaxed(partAt(schema, steps), context));
  }
  return referenceTo(['$defs', target]);
}

/** Replaces references within the schema of orders with references to it. */
function referringToOrder(part: unknown): unknown {
  if (!isSchemaObject(part)) return part;
  return { ...mapSubschemas(part, referringToOrder), ...('$ref' in part ? { $ref: `order${String(part.$ref)}` } : {}) };
}
