import { graphql as mapping } from '#order-model';
import { fromGraphql } from './convert-order';
import type { FieldRequest } from './graphql-handler';
import { fromJsonScalar, type Converted } from './json-scalar';
import { expectedVersionSchema } from '../commands/expected-version';
import { assertSize } from '../http/json-body';
import { Problem } from '../http/problem';
import { listErrors, type FieldError } from '../json/field-error';
import { validateShape } from '../json/validate-shape';

/**
 * Reads the order or patch of a mutation: an input type, or JSON as text.
 *
 * @throws Problem 400 unless it is given once and its JSON is valid, 413 when it is too large.
 */
export function readDocument({ args }: FieldRequest, name: 'order' | 'patch', maxBytes: number): unknown {
  const [typed, json] = [args[name] ?? undefined, args[`${name}Json`] ?? undefined];
  if ((typed === undefined) === (json === undefined)) {
    const [code, message] = typed === undefined ? ['REQUIRED', `${name} or ${name}Json is required`] : ['INVALID_COMBINATION', `use either ${name} or ${name}Json`];
    throw new Problem(400, 'invalid-arguments', message, [{ path: '', code, message }]);
  }
  const { value, errors }: Converted = typed === undefined ? fromJsonScalar(json, []) : fromGraphql(mapping!, typed, name === 'patch');
  if (errors.length > 0) throw new Problem(400, 'invalid-json', 'a value is not valid, unambiguous JSON; see errors', listErrors(errors));
  assertSize(Buffer.byteLength(JSON.stringify(value)), maxBytes);
  return value;
}

/** The version that the order must have, or none; and the errors in it. */
interface ExpectedVersion {
  readonly value: { readonly expectedVersion?: number };
  readonly errors: FieldError[];
}

/** Reads the version that the order must have, with the errors in it. */
export function readExpectedVersion({ args }: FieldRequest): ExpectedVersion {
  if (args.expectedVersion === null || args.expectedVersion === undefined) return { value: {}, errors: [] };
  const { value, errors = [] } = validateShape(expectedVersionSchema, args.expectedVersion);
  return { value: value === undefined ? {} : { expectedVersion: value }, errors: errors.map((error) => ({ ...error, path: '/expectedVersion' })) };
}

/**
 * Reads a part of a request, and reports its errors together with those of another part.
 *
 * @throws Problem with all errors.
 */
export function readWithErrors<Value>(others: readonly FieldError[], code: string, read: () => Value): Value {
  const value = problemsWith(others, read);
  if (others.length > 0) throw new Problem(400, code, 'the request is not valid; see errors', others);
  return value;
}

function problemsWith<Value>(others: readonly FieldError[], read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Problem) || error.errors.length === 0) throw error;
    throw new Problem(error.status, error.code, error.detail, [...error.errors, ...others], error.headers);
  }
}
