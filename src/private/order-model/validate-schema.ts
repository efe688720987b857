import safeRegex from 'safe-regex2';
import { changeSchema } from './change-schema';
import { validatorFor } from './compile-order-model';
import { isSchemaObject, type JsonSchema } from './json-schema';
import { partAt, pointerTo, stepsOf } from './schema-pointer';

/** Keywords whose value is data and not a schema. */
const DATA = new Set(['const', 'enum', 'default', 'examples', 'required', 'type', '$schema', '$comment', 'description', 'title', 'errorMessage']);

/** References that handlers cannot follow: the schema of changes is made from the parts to which they refer. */
const UNSUPPORTED = ['$id', '$anchor', '$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$recursiveAnchor'];

/**
 * Validates the schema of a model.
 *
 * @returns the schema without its `$id`.
 * @throws Error when it cannot be compiled, with the path of what is wrong.
 */
export function validateSchema({ $id, ...schema }: JsonSchema): JsonSchema {
  if (!isSchemaObject(schema)) throw new Error('must be a JSON object');
  const { type } = schema;
  if (type !== 'object') throw new Error('/type: must be "object": an order is a JSON object');
  const errors = errorsIn(schema, [], schema);
  if (errors.length > 0) throw new Error(errors.join('; '));
  const ajv = validatorFor(schema);
  ajv.addSchema({ ...schema, $id: 'order' }, 'order');
  ajv.addSchema({ ...changeSchema(schema), $id: 'change' }, 'change');
  ajv.getSchema('order');
  ajv.getSchema('change');
  return schema;
}

function errorsIn(part: unknown, path: readonly (string | number)[], root: JsonSchema): string[] {
  if (Array.isArray(part)) return part.flatMap((entry, index) => errorsIn(entry, [...path, index], root));
  if (!isSchemaObject(part)) return [];
  const isMapOfNames = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'].includes(String(path.at(-1))) && !isNamed(path);
  return Object.entries(part).flatMap(([keyword, value]) => {
    const here = [...path, keyword];
    if (isMapOfNames) return [...(path.at(-1) === 'patternProperties' ? patternErrors(keyword, here) : []), ...errorsIn(value, here, root)];
    if (keyword === 'pattern') return patternErrors(value, here);
    if (keyword === '$ref') return referenceErrors(value, here, root);
    if (UNSUPPORTED.includes(keyword)) return [`${pointerTo(here)}: is not supported; use $ref to a part of the file, such as #/$defs/address`];
    return DATA.has(keyword) ? [] : errorsIn(value, here, root);
  });
}

/** Whether the last step of a path is the name of a property, and not a keyword: it follows a keyword with names. */
const isNamed = (path: readonly (string | number)[]): boolean => {
  const depth = path.slice(0, -1).reverse().findIndex((step) => !['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'].includes(String(step)));
  return (depth === -1 ? path.length - 1 : depth) % 2 === 1;
};

function patternErrors(pattern: unknown, path: readonly (string | number)[]): string[] {
  if (typeof pattern !== 'string') return [`${pointerTo(path)}: must be text`];
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    return [`${pointerTo(path)}: ${(error as Error).message}`];
  }
  return safeRegex(pattern) ? [] : [`${pointerTo(path)}: the pattern can take exponential time; do not nest repetitions such as (a+)+`];
}

function referenceErrors(reference: unknown, path: readonly (string | number)[], root: JsonSchema): string[] {
  const steps = typeof reference === 'string' && reference.startsWith('#') ? stepsOf(decodeURIComponent(reference.slice(1))) : undefined;
  if (!steps) return [`${pointerTo(path)}: must refer to a part of this file, such as #/$defs/address`];
  return partAt(root, steps) === undefined ? [`${pointerTo(path)}: ${String(reference)} does not exist`] : [];
}
