import type { ErrorObject } from 'ajv';
import type { FieldError } from './field-error';
import { jsonPointer } from './json-pointer';
import { withoutAlternatives } from './schema-alternatives';
import { stepsOf } from './value-at';

/** Converts the errors of a compiled JSON Schema. They never quote the request. */
export function schemaErrors(errors: readonly ErrorObject[]): FieldError[] {
  const ofKeys = new Map(errors.flatMap((error) => (error.propertyName === undefined ? [] : [[error.propertyName, error]])));
  return withoutAlternatives(errors.filter(({ propertyName }) => propertyName === undefined)).map((error) => toFieldError(error, ofKeys));
}

/** The last error of each key, by the key. */
type ErrorsOfKeys = ReadonlyMap<string, ErrorObject>;

function toFieldError({ instancePath, keyword, params, parentSchema }: ErrorObject, ofKeys: ErrorsOfKeys): FieldError {
  const path = stepsOf(instancePath);
  const { errorMessage } = (parentSchema ?? {}) as { readonly errorMessage?: string };
  const at = (code: string, message: string, step?: string): FieldError =>
    ({ path: jsonPointer(step === undefined ? path : [...path, step]), code, message: bounded(message) });
  switch (keyword) {
    case 'required': return at('REQUIRED', 'is required', params.missingProperty as string);
    case 'dependentRequired': case 'dependencies': return at('REQUIRED', `is required together with ${String(params.property)}`, params.missingProperty as string);
    case 'additionalProperties': return at('UNKNOWN_FIELD', 'is not a known field; remove it', params.additionalProperty as string);
    case 'unevaluatedProperties': return at('UNKNOWN_FIELD', 'is not a known field; remove it', params.unevaluatedProperty as string);
    case 'propertyNames': return at('INVALID_KEY', keyMessage(ofKeys.get(params.propertyName as string)), params.propertyName as string);
    case 'type': return at('INVALID_TYPE', errorMessage ?? `must be ${namesOf(params.type as string | string[])}`);
    case 'pattern': case 'format': return at('INVALID_FORMAT', errorMessage ?? `must match ${keyword === 'format' ? `the format ${String(params.format)}` : String(params.pattern)}`);
    case 'enum': return at('INVALID_VALUE', errorMessage ?? `must be one of ${(params.allowedValues as unknown[]).map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ')}`);
    case 'const': return at('INVALID_VALUE', errorMessage ?? `must be ${JSON.stringify(params.allowedValue)}`);
    case 'uniqueItems': return at('NOT_UNIQUE', 'must have no equal entries');
    case 'multipleOf': return at('INVALID_VALUE', errorMessage ?? `must be a multiple of ${String(params.multipleOf)}`);
    case 'not': return at('INVALID_VALUE', errorMessage ?? 'must not have this value');
    case 'false schema': return at('UNKNOWN_FIELD', 'is not allowed; remove it');
    case 'anyOf': case 'oneOf': return at('INVALID_VALUE', errorMessage ?? `must match ${keyword === 'oneOf' ? 'exactly one' : 'one'} of the alternatives in the schema`);
    case 'contains': return at('INVALID_VALUE', errorMessage ?? 'must have entries that match contains of the schema');
    default: return limitError(keyword, params, at);
  }
}

/** Lists of values and patterns of a schema can be long, and errors must fit into an event. */
const MAX_MESSAGE_LENGTH = 256;

const bounded = (message: string): string => (message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message);

/** Why a key is not allowed: the error of the schema of keys. */
const keyMessage = (reason: ErrorObject | undefined): string =>
  (reason ? `the key ${toFieldError({ ...reason, propertyName: undefined }, new Map()).message}` : 'the key is not allowed');

/** How a limit is named in a message: with a verb and a unit. */
const LIMITS: Readonly<Record<string, readonly [code: string, prefix: string, unit: string]>> = {
  minLength: ['TOO_SMALL', 'must have at least', ' characters'],
  maxLength: ['TOO_BIG', 'must have at most', ' characters'],
  minItems: ['TOO_SMALL', 'must have at least', ' entries'],
  maxItems: ['TOO_BIG', 'must have at most', ' entries'],
  items: ['TOO_BIG', 'must have at most', ' entries'],
  additionalItems: ['TOO_BIG', 'must have at most', ' entries'],
  unevaluatedItems: ['TOO_BIG', 'must have at most', ' entries'],
  minProperties: ['TOO_SMALL', 'must have at least', ' entries'],
  maxProperties: ['TOO_BIG', 'must have at most', ' entries'],
  minimum: ['TOO_SMALL', 'must be at least', ''],
  exclusiveMinimum: ['TOO_SMALL', 'must be greater than', ''],
  maximum: ['TOO_BIG', 'must be at most', ''],
  exclusiveMaximum: ['TOO_BIG', 'must be less than', ''],
};

function limitError(keyword: string, params: Record<string, unknown>, at: (code: string, message: string) => FieldError): FieldError {
  const limit = LIMITS[keyword];
  return limit ? at(limit[0], `${limit[1]} ${String(params.limit)}${limit[2]}`) : at('INVALID', `must satisfy ${keyword} of the schema`);
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  integer: 'an integer', object: 'an object', array: 'an array', string: 'text', number: 'a number', boolean: 'true or false', null: 'null',
};

const namesOf = (types: string | readonly string[]): string => [types].flat().map((type) => TYPE_NAMES[type]).join(' or ');
