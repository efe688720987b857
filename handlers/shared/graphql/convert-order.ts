import { fromJsonScalar, toJsonScalar, type Converted } from './json-scalar';
import { JSON_SCALAR, type GraphqlMapping, type GraphqlObject } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { isObject } from '../json/is-object';
import { jsonPointer } from '../json/json-pointer';

/** Converts an order to the value of its GraphQL type. */
export const toGraphql = (mapping: GraphqlMapping, order: unknown): unknown => valueOf(order, mapping.root, mapping);

function valueOf(value: unknown, type: string, mapping: GraphqlMapping): unknown {
  if (value === null) return null;
  if (type === JSON_SCALAR) return toJsonScalar(value);
  if (Array.isArray(value)) return value.map((each) => valueOf(each, elementOf(type), mapping));
  if (!isObject(value) || !Object.hasOwn(mapping.types, type)) return value;
  const { fields, others } = mapping.types[type];
  const entries = Object.entries(value);
  const shown = entries.filter(([key]) => !others || others.known.includes(key))
    .map(([key, each]) => [key, Object.hasOwn(fields, key) ? valueOf(each, fields[key], mapping) : each]);
  const rest = entries.filter(([key]) => others && !others.known.includes(key));
  return Object.fromEntries([...shown, ...(rest.length > 0 ? [[others!.field, toJsonScalar(Object.fromEntries(rest))]] : [])]);
}

/** The type of the elements of a list. Lists of JSON have one of their own, because a JSON value can be a list. */
const elementOf = (type: string): string => (type.startsWith('[') ? type.slice(1, -1) : type);

/**
 * Converts the value of an input type to an order, or to a patch of one.
 *
 * @param keepsNulls whether `null` is a value, as in a patch, where it removes a field. In an order, it stands for an absent field.
 */
export const fromGraphql = (mapping: GraphqlMapping, input: unknown, keepsNulls: boolean): Converted =>
  new InputReader(mapping, keepsNulls).read(input);

class InputReader {
  private readonly errors: FieldError[] = [];

  constructor(private readonly mapping: GraphqlMapping, private readonly keepsNulls: boolean) {}

  read(input: unknown): Converted {
    return { value: this.valueOf(input, this.mapping.root, []), errors: this.errors };
  }

  private valueOf(value: unknown, type: string, path: readonly (string | number)[]): unknown {
    if (value === null) return null;
    if (type === JSON_SCALAR) return this.json(value, path);
    if (Array.isArray(value)) return value.map((each, index) => this.valueOf(each, elementOf(type), [...path, index]));
    return isObject(value) && Object.hasOwn(this.mapping.types, type) ? this.object(value, this.mapping.types[type], path) : value;
  }

  private json(value: unknown, path: readonly (string | number)[]): unknown {
    const { value: parsed, errors } = fromJsonScalar(value, path);
    this.errors.push(...errors);
    return parsed;
  }

  private object(value: object, { fields, others }: GraphqlObject, path: readonly (string | number)[]): unknown {
    const given = Object.entries(value).filter(([key, each]) => key !== others?.field && (this.keepsNulls || (each !== null && each !== undefined)));
    const known = given.map(([key, each]) => [key, Object.hasOwn(fields, key) ? this.valueOf(each, fields[key], [...path, key]) : each] as const);
    return Object.fromEntries([...known, ...(others ? this.others(value, others, path) : [])]);
  }

  private others(value: object, { field, known }: NonNullable<GraphqlObject['others']>, path: readonly (string | number)[]): [string, unknown][] {
    const given = (value as Readonly<Record<string, unknown>>)[field];
    if (given === undefined || given === null) return [];
    const other = this.json(given, [...path, field]);
    if (!isObject(other)) {
      this.errors.push({ path: jsonPointer([...path, field]), code: 'INVALID_TYPE', message: 'must be a JSON object, as text' });
      return [];
    }
    const repeated = Object.keys(other).filter((key) => known.includes(key));
    this.errors.push(...repeated.map((key) => ({ path: jsonPointer([...path, field, key]), code: 'KNOWN_FIELD', message: 'is a field of its own; set it there' })));
    return Object.entries(other);
  }
}
