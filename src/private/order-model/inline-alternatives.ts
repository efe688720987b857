import { isSchemaObject, type JsonSchema } from './json-schema';
import { partAt, stepsOfReference } from './schema-pointer';
import { mapSubschemas } from './subschemas';

/** A schema whose parts refer to each other many times does not grow beyond this. */
const MAX_INLINED = 2000;

/**
 * Replaces references within the alternatives of `anyOf` and `oneOf` with copies of their targets. Errors then have the path of their
 * alternative, so that handlers can tell which one was meant. References in a circle stay.
 */
export function inlineAlternatives(root: JsonSchema): JsonSchema {
  let left = MAX_INLINED;

  const inlined = (part: unknown, within: readonly unknown[], isAlternative: boolean): unknown => {
    if (!isSchemaObject(part)) return part;
    const target = isAlternative && isReference(part) ? partAt(root, stepsOfReference(part.$ref)!) : part;
    if (target !== part && (within.includes(target) || left === 0)) return part;
    if (target !== part) left--;
    if (!isSchemaObject(target)) return target;
    return target === part || !isReference(target)
      ? mapSubschemas(target, (each, [keyword]) => inlined(each, [...within, target], isAlternative || keyword === 'anyOf' || keyword === 'oneOf'))
      : inlined(target, [...within, target], true);
  };
  return inlined(root, [], false) as JsonSchema;
}

/** Whether a schema is only a reference. */
const isReference = (schema: JsonSchema): boolean => typeof schema.$ref === 'string' && Object.keys(schema).length === 1;
