import type * as z from 'zod/mini';
import { listErrors, type FieldError } from './field-error';
import { jsonPointer } from './json-pointer';

/** A valid value, or all of its errors. */
export type Validated<Value> = { readonly value: Value; readonly errors?: undefined } | { readonly value?: undefined; readonly errors: FieldError[] };

/** Validates a value against a schema. The errors never quote the request. */
export function validateShape<Schema extends z.ZodMiniType>(schema: Schema, candidate: unknown): Validated<z.infer<Schema>> {
  const result = schema.safeParse(candidate, { reportInput: true });
  return result.success ? { value: result.data } : { errors: listErrors(result.error.issues.flatMap(errorsOf)) };
}

/** Converts an issue to one error, or to one error per field for unknown fields, which zod reports together. */
function errorsOf(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: jsonPointer([...issue.path, key]), code: 'UNKNOWN_FIELD', message: 'is not a known field; remove it' }));
  }
  return [{ path: jsonPointer(issue.path), ...codeAndMessage(issue) }];
}

function codeAndMessage(issue: z.core.$ZodIssue): Omit<FieldError, 'path'> {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'REQUIRED', message: 'is required' }
        : { code: 'INVALID_TYPE', message: `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}` };
    case 'too_small':
      return { code: 'TOO_SMALL', message: `must ${HAVE[issue.origin] ?? 'be'} at least ${issue.minimum}${UNITS[issue.origin] ?? ''}` };
    case 'too_big':
      return { code: 'TOO_BIG', message: `must ${HAVE[issue.origin] ?? 'be'} at most ${issue.maximum}${UNITS[issue.origin] ?? ''}` };
    case 'invalid_format':
      return { code: 'INVALID_FORMAT', message: FORMATS[issue.format] ?? `must match ${issue.pattern}` };
    case 'invalid_key':
      return { code: 'INVALID_KEY', message: 'the key must be well-formed text of 1 to 64 characters' };
    case 'invalid_union':
      return { code: 'INVALID_TYPE', message: 'must be text of at most 256 characters, a number of at most 15 digits, true, false or null' };
    default:
      return { code: issue.code === 'custom' ? String(issue.params?.code) : 'INVALID', message: issue.message };
  }
}

const TYPE_NAMES: Record<string, string> = { int: 'an integer', record: 'an object', object: 'an object', array: 'an array', string: 'text', number: 'a number' };
const HAVE: Record<string, string> = { string: 'have', array: 'have' };
const UNITS: Record<string, string> = { string: ' characters', array: ' entries' };
const FORMATS: Record<string, string> = { datetime: 'must be an RFC 3339 time, such as 2026-01-31T12:00:00Z' };
