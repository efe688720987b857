import Ajv, { type Options } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import standaloneCode from 'ajv/dist/standalone';
import addFormats from 'ajv-formats';
import { changeSchema } from './change-schema';
import type { JsonSchema } from './json-schema';
import type { OrderModelDescription } from '../contract';

const OPTIONS: Options = {
  allErrors: true,
  // Errors have the schema that they break, for its `errorMessage`.
  verbose: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowUnionTypes: true,
  keywords: ['errorMessage'],
  code: { source: true },
};

const DRAFT_7 = /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/;

/** The validator of a draft of JSON Schema. */
export function validatorFor(schema: JsonSchema): Ajv {
  const ajv = typeof schema.$schema === 'string' && DRAFT_7.test(schema.$schema) ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS) as unknown as Ajv;
  return addFormats(ajv);
}

/**
 * Compiles a model to the source of a CommonJS module, which the handlers load from their layer. It needs `runtime.js` beside it.
 *
 * @throws Error when the schema is not valid.
 */
export function compileOrderModel(schema: JsonSchema, description: OrderModelDescription): string {
  const ajv = validatorFor(schema);
  ajv.addSchema({ ...schema, $id: 'order' }, 'order');
  ajv.addSchema({ ...changeSchema(schema), $id: 'change' }, 'change');
  const code = standaloneCode(ajv, { validateOrder: 'order', validateChange: 'change' });
  return `${withRuntime(code)}\nexports.description=${JSON.stringify(description)};\n`;
}

/**
 * Lets the generated code load its functions from `runtime.js`, and collect errors by `append`: ajv concatenates the errors of each element to all
 * before, which takes time in the square of their number.
 */
const withRuntime = (code: string): string => code
  .replace(/require\("(ajv[^"]*)"\)/g, 'require("./runtime")["$1"]')
  .replace(/vErrors\.concat\((\w+\.errors)\)/g, 'require("./runtime").append(vErrors,$1)');
