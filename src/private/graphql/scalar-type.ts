import { isEnumValue } from './graphql-names';
import { JSON_SCALAR } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

/** The limits of `Int`, which has 32 bits. */
const [MIN_INT, MAX_INT] = [-(2 ** 31), 2 ** 31 - 1];

/** The type of a schema without `null`; undefined if it is none or several. */
export function singleType({ type }: JsonSchema): string | undefined {
  const types = (type === undefined ? [] : [type].flat()).filter((each) => each !== 'null');
  return types.length === 1 ? String(types[0]) : undefined;
}

/** The values of `const` or `enum`, without `null`. */
export const valuesOf = (schema: JsonSchema): readonly unknown[] | undefined =>
  ('const' in schema ? [schema.const] : schema.enum as readonly unknown[] | undefined)?.filter((value) => value !== null);

/** Whether a schema is for several values that are all names: it becomes an enum. */
export const isNameEnum = (schema: JsonSchema): boolean => {
  const values = 'enum' in schema ? valuesOf(schema)! : [];
  return values.length > 0 && values.every(isEnumValue);
};

/** The scalar for the values of a schema. An integer that may need more than 32 bits is a `Float`, which has exactly all integers up to 2^53. */
export function scalarFor(schema: JsonSchema): string {
  const values = valuesOf(schema);
  const kind = singleType(schema) ?? kindOf(values);
  switch (kind) {
    case 'string': return 'String';
    case 'boolean': return 'Boolean';
    case 'number': return 'Float';
    case 'integer': return fitsInt(schema, values) ? 'Int' : 'Float';
    default: return JSON_SCALAR;
  }
}

function kindOf(values: readonly unknown[] | undefined): string | undefined {
  const kinds = new Set((values ?? []).map((value) => (Number.isSafeInteger(value) ? 'integer' : typeof value)));
  if (kinds.size === 2 && kinds.has('integer') && kinds.has('number')) return 'number';
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

function fitsInt({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema, values: readonly unknown[] | undefined): boolean {
  if (values) return values.every((value) => Number(value) >= MIN_INT && Number(value) <= MAX_INT);
  const limit = (...limits: unknown[]): number[] => limits.filter((each) => typeof each === 'number');
  return limit(minimum, exclusiveMinimum).some((least) => least >= MIN_INT) && limit(maximum, exclusiveMaximum).some((most) => most <= MAX_INT);
}

/** What a scalar does not show of a schema. */
export function scalarNote(schema: JsonSchema, scalar: string): string {
  const values = valuesOf(schema);
  if (scalar === JSON_SCALAR) return 'JSON as text.';
  if (values && !isNameEnum(schema)) return `One of ${values.map((value) => JSON.stringify(value)).join(', ')}.`;
  if (scalar === 'Float' && singleType(schema) === 'integer') return 'An integer.';
  return typeof schema.format === 'string' ? `Format: ${schema.format}.` : '';
}
