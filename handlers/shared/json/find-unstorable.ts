import type { FieldError } from './field-error';
import { jsonPointer } from './json-pointer';
import { ILL_FORMED_TEXT, isPortable } from './text';

/** DynamoDB nests 32 levels, of which the item around an order, and a command that is pending in it, take up to 8. */
export const MAX_ORDER_DEPTH = 24;

/** DynamoDB's limit is larger, but keys are repeated in errors and indexes. */
export const MAX_KEY_LENGTH = 255;

/** Finds the values in parsed JSON that a service on the way could change or refuse. */
export function findUnstorable(value: unknown): FieldError[] {
  return isStorable(value, MAX_ORDER_DEPTH) ? [] : errorsIn(value, []);
}

/** Quickly returns whether there is nothing to find. */
export function isStorable(value: unknown, depthLeft: number): boolean {
  if (typeof value === 'string') return isPortable(value);
  if (typeof value === 'number') return isStorableNumber(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depthLeft === 0) return false;
  if (Array.isArray(value)) return value.every((element) => isStorable(element, depthLeft - 1));
  for (const key in value) {
    if (!isStorableKey(key) || !isStorable((value as Record<string, unknown>)[key], depthLeft - 1)) return false;
  }
  return true;
}

/**
 * Characters that JSON escapes. JSON.parse of Node.js 24 (V8 13.6) returns such a key as another one, if the process parsed an object with the other
 * one before: `{"a":1,"\\":1}` and then `{"a":1,"\"":1}` gives the key `\` twice. Lambda itself parses the records of streams with it.
 */
// eslint-disable-next-line no-control-regex -- control characters are among them
const ESCAPED = /["\\\u0000-\u001F]/;

/** Keys that were checked before: nearly all orders have the same. */
const checkedKeys = new Set<string>();
const MAX_CHECKED_KEYS = 1000;

function isStorableKey(key: string): boolean {
  if (checkedKeys.has(key)) return true;
  const isStorableText = key !== '' && key.length <= MAX_KEY_LENGTH && !ESCAPED.test(key) && isPortable(key);
  if (isStorableText && checkedKeys.size < MAX_CHECKED_KEYS) checkedKeys.add(key);
  return isStorableText;
}

/** Whether DynamoDB and JavaScript both represent a number. */
export const isStorableNumber = (value: number): boolean => Math.abs(value) <= Number.MAX_SAFE_INTEGER && (value === 0 || Math.abs(value) >= 1e-100);

function errorsIn(value: unknown, path: readonly PropertyKey[]): FieldError[] {
  const error = (code: string, message: string): FieldError[] => [{ path: jsonPointer(path), code, message }];
  if (typeof value === 'string') return isPortable(value) ? [] : error(ILL_FORMED_TEXT.code, ILL_FORMED_TEXT.message);
  if (typeof value === 'number') {
    return isStorableNumber(value) ? [] : error('NUMBER_OUT_OF_RANGE', 'must be between -9007199254740991 and 9007199254740991, and 0 or at least 1e-100 away from it');
  }
  if (typeof value !== 'object' || value === null) return [];
  if (path.length === MAX_ORDER_DEPTH) return error('TOO_DEEP', `must not nest deeper than ${MAX_ORDER_DEPTH} levels`);
  if (Array.isArray(value)) return value.flatMap((element, index) => errorsIn(element, [...path, index]));
  return Object.entries(value).flatMap(([key, entry]) => (isStorableKey(key)
    ? errorsIn(entry, [...path, key])
    : [{ path: jsonPointer([...path, key]), code: 'INVALID_KEY', message: `the key must be well-formed text of 1 to ${MAX_KEY_LENGTH} characters, without ", \\ and control characters` }]));
}
