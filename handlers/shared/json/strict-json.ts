import type { FieldError } from './field-error';
import { findViolations, MAX_DEPTH } from './find-violations';
import { isPlainlyStrict } from './is-plainly-strict';

/** A parsed document, or the errors that make it invalid or ambiguous. */
export type StrictJson = { readonly value: unknown; readonly errors?: undefined } | { readonly errors: FieldError[] };

/**
 * Parses JSON and rejects input that `JSON.parse` would change without an error: duplicate keys, inexact numbers and `__proto__`. Error messages
 * refer to the input as `subject`. With a `scope`, a path of keys, only the value at that path is checked, and the paths of errors begin there.
 */
export function parseStrictJson(text: string, subject = 'body', scope: readonly string[] = []): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { errors: [{ path: '', code: 'INVALID_JSON', message: `the ${subject} is not JSON${positionOf(error)}` }] };
  }
  if (isPlainlyStrict(text, value, MAX_DEPTH)) return { value };
  const errors = findViolations(text, scope);
  return errors.length > 0 ? { errors } : { value };
}

/** Extracts the position from V8's message. The rest quotes the body, which must not reach responses or logs. */
const positionOf = (error: unknown): string => /at position \d+( \(line \d+ column \d+\))?/.exec(String(error))?.[0].replace(/^/, ': error ') ?? '';
