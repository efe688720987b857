import type { FieldError } from '../json/field-error';
import { jsonPointer } from '../json/json-pointer';
import { parseStrictJson } from '../json/strict-json';

/** A value that a caller sent, or the errors in it. */
export type Converted = { readonly value: unknown; readonly errors: readonly FieldError[] };

/**
 * Reads a value of the scalar `AWSJSON`. AppSync validates that it is JSON, and passes it on as the value or as its text; text that is not JSON is a
 * value that was parsed already.
 */
export function fromJsonScalar(value: unknown, path: readonly (string | number)[]): Converted {
  if (typeof value !== 'string') return { value, errors: [] };
  const parsed = { value: undefined, ...parseStrictJson(value, 'text') };
  if (!parsed.errors) return { value: parsed.value, errors: [] };
  if (parsed.errors.some(({ code }) => code === 'INVALID_JSON')) return { value, errors: [] };
  return { value: undefined, errors: parsed.errors.map((error) => ({ ...error, path: `${jsonPointer(path)}${error.path}` })) };
}

/** Writes a value of the scalar `AWSJSON`; nothing for an absent one. */
export const toJsonScalar = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));
