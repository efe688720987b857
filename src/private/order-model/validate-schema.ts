import type Ajv from 'ajv';
import { addModel, DRAFT_2020, DRAFT_7, validatorFor } from './compile-order-model';
import { isSchemaObject, PERSONAL_DATA, type JsonSchema } from './json-schema';
import { patternErrors } from './pattern-errors';
import { referenceErrors } from './reference-errors';
import { pointerTo } from './schema-pointer';
import { subschemasOf } from './subschemas';

/** Keywords that handlers cannot follow: the schema of changes is made from the parts to which `$ref`s refer. */
const UNSUPPORTED = ['$id', '$anchor', '$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$recursiveAnchor'];

/**
 * Validates the schema of a model.
 *
 * @returns the schema without its `$id`.
 * @throws Error when it cannot be compiled, with the path of what is wrong.
 */
export function validateSchema(candidate: unknown): JsonSchema {
  if (!isSchemaObject(candidate)) throw new Error('must be a JSON object');
  const { $id, ...schema } = candidate;
  const { $schema, type } = schema;
  if ($schema !== undefined && !DRAFT_7.test(String($schema)) && !DRAFT_2020.test(String($schema))) throw new Error('/$schema: must be draft 2020-12 or draft 7');
  const ajv = validatorFor(schema);
  assertNone(metaSchemaErrors(ajv, schema));
  if (type !== 'object') throw new Error('/type: must be "object": an order is a JSON object');
  assertNone(errorsIn(schema, [], schema, ajv));
  addModel(ajv, schema);
  assertNone(exampleErrors(ajv, schema));
  return schema;
}

function assertNone(errors: readonly string[]): void {
  if (errors.length > 0) throw new Error([...new Set(errors)].join('; '));
}

/** Errors in the values of keywords. */
function metaSchemaErrors(ajv: Ajv, schema: JsonSchema): string[] {
  if (ajv.validateSchema(schema) === true) return [];
  return ajv.errors!.filter(({ keyword }) => keyword !== 'anyOf').map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

/** Errors in the orders that the schema has as its examples. */
function exampleErrors(ajv: Ajv, { examples = [] }: JsonSchema): string[] {
  const validate = ajv.getSchema('order')!;
  return (examples as unknown[]).flatMap((example, index) => (validate(example) === true
    ? []
    : validate.errors!.map(({ instancePath, message }) => `/examples/${index}${instancePath}: ${message}`)));
}

/** Errors that the meta-schema does not find. */
function errorsIn(schema: unknown, path: readonly (string | number)[], root: JsonSchema, ajv: Ajv): string[] {
  if (!isSchemaObject(schema)) return [];
  return [
    ...Object.entries(schema).flatMap(([keyword, value]) => keywordErrors(keyword, value, [...path, keyword], root, ajv)),
    ...subschemasOf(schema).flatMap(([steps, part]) => errorsIn(part, [...path, ...steps], root, ajv)),
  ];
}

function keywordErrors(keyword: string, value: unknown, path: readonly (string | number)[], root: JsonSchema, ajv: Ajv): string[] {
  if (keyword === '$ref') return referenceErrors(value, path, root);
  if (keyword === 'pattern') return patternErrors(value, path);
  if (keyword === 'patternProperties') return Object.keys(value as object).flatMap((pattern) => patternErrors(pattern, [...path, pattern]));
  if (UNSUPPORTED.includes(keyword)) return [`${pointerTo(path)}: is not supported; use $ref to a part of the file, such as #/$defs/address`];
  if (keyword === 'errorMessage' && typeof value !== 'string') return [`${pointerTo(path)}: must be text`];
  if (keyword === PERSONAL_DATA && typeof value !== 'boolean') return [`${pointerTo(path)}: must be true or false, got ${JSON.stringify(value)}`];
  if (keyword === PERSONAL_DATA && value && path.length === 1) return [`${pointerTo(path)}: must be on fields of the order, not on the order, whose ID stays`];
  return ajv.RULES.keywords[keyword] ? [] : [`${pointerTo(path)}: is not a keyword of JSON Schema`];
}
