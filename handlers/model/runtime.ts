import equal from 'ajv/dist/runtime/equal';
import ucs2length from 'ajv/dist/runtime/ucs2length';
import * as formats from 'ajv-formats/dist/formats';

/** The functions that compiled schemas call, by the modules from which ajv loads them. */
/** Adds errors to others, in place. */
function append<Value>(values: Value[], further: readonly Value[]): Value[] {
  for (const value of further) values.push(value);
  return values;
}

export = {
  append,
  'ajv/dist/runtime/equal': { default: equal },
  'ajv/dist/runtime/ucs2length': { default: ucs2length },
  'ajv-formats/dist/formats': formats,
};
