import type { ErrorObject } from 'ajv';
import equal from 'ajv/dist/runtime/equal';
import ucs2length from 'ajv/dist/runtime/ucs2length';
import * as formats from 'ajv-formats/dist/formats';

/** Adds errors to those that were found before, which are null if there are none. */
function appendErrors(before: ErrorObject[] | null, errors: ErrorObject[]): ErrorObject[] {
  if (before === null) return errors;
  for (const error of errors) before.push(error);
  return before;
}

/** The functions that compiled schemas call: those of ajv by the modules from which it loads them. */
export = {
  appendErrors,
  'ajv/dist/runtime/equal': { default: equal },
  'ajv/dist/runtime/ucs2length': { default: ucs2length },
  'ajv-formats/dist/formats': formats,
};
