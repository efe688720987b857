import type { ErrorObject } from 'ajv';
import equal from 'ajv/dist/runtime/equal';
import ucs2length from 'ajv/dist/runtime/ucs2length';
import type { FormatName } from 'ajv-formats';
import { PLAIN_UTC } from '../shared/json/utc-time';

/** Adds errors to those that were found before, which are null if there are none. */
function appendErrors(before: ErrorObject[] | null, errors: ErrorObject[]): ErrorObject[] {
  if (before === null) return errors;
  for (const error of errors) before.push(error);
  return before;
}

/** A format as compiled schemas call it: itself, or its `validate`. */
interface Format<Value> {
  (value: Value): boolean;
  readonly validate: (value: Value) => boolean;
}

/** Makes a format that is loaded for the first value that has it: to load all formats takes as long as to load a whole model. */
function format<Value>(name: FormatName): Format<Value> {
  const check = (value: Value): boolean => {
    if (name === 'date-time' && PLAIN_UTC.test(value as string)) return true;
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load the formats with this module
    const found = (require('./formats') as Record<FormatName, Format<Value>>)[name];
    return typeof found === 'function' ? found(value) : (found as Format<Value>).validate(value);
  };
  return Object.assign(check, { validate: check });
}

/** The functions that compiled schemas call: those of ajv by the modules from which it loads them. */
export = {
  appendErrors,
  format,
  'ajv/dist/runtime/equal': { default: equal },
  'ajv/dist/runtime/ucs2length': { default: ucs2length },
};
