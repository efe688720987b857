import { isSchemaObject, type JsonSchema } from './json-schema';
import { partAt, pointerTo, stepsOfReference } from './schema-pointer';
import { subschemasOf } from './subschemas';

/** Finds a reference that leads to no schema in the file, or from there to itself. */
export function referenceErrors(reference: unknown, path: readonly (string | number)[], root: JsonSchema): string[] {
  const steps = stepsOfReference(reference);
  if (!steps) return [`${pointerTo(path)}: must refer to a part of this file, such as #/$defs/address`];
  const target = partAt(root, steps);
  if (target === undefined) return [`${pointerTo(path)}: ${String(reference)} does not exist`];
  if (!isSchemaObject(target) && typeof target !== 'boolean') return [`${pointerTo(path)}: ${String(reference)} is not a schema`];
  return isEndless(target, target, root, new Set()) ? [`${pointerTo(path)}: ${String(reference)} refers to itself for the same value, without end`] : [];
}

/** Keywords whose schemas are for parts of the value. */
const OF_PARTS = new Set([
  '$defs', 'additionalItems', 'additionalProperties', 'contains', 'contentSchema', 'definitions', 'items', 'patternProperties', 'prefixItems', 'properties',
  'propertyNames', 'unevaluatedItems', 'unevaluatedProperties',
]);

/** Whether validation of a value by a schema leads to the validation of the same value by `target`. */
function isEndless(target: unknown, schema: unknown, root: JsonSchema, seen: Set<unknown>): boolean {
  if (!isSchemaObject(schema) || seen.has(schema)) return false;
  seen.add(schema);
  const referenced = partAt(root, stepsOfReference(schema.$ref) ?? ['']);
  const parts = [...('$ref' in schema ? [referenced] : []), ...subschemasOf(schema).filter(([[keyword]]) => !OF_PARTS.has(String(keyword))).map(([, part]) => part)];
  return parts.some((part) => part === target || isEndless(target, part, root, seen));
}
