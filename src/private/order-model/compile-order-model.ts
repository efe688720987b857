import type { Options } from 'ajv';
import { changeSchema } from './change-schema';
import { inlineAlternatives } from './inline-alternatives';
import { PERSONAL_DATA, type JsonSchema } from './json-schema';
import { addFormats, Ajv, Ajv2020, standaloneCode } from './json-schema-libraries';
import type { OrderModelDescription } from '../contract';
import { withoutAnnotations } from './without-annotations';
import { graphqlMappingOf } from '../graphql/graphql-schema';

const OPTIONS: Options = {
  allErrors: true,
  // Errors have the schema that they break, for its `errorMessage`.
  verbose: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowUnionTypes: true,
  // Errors in a schema are thrown, with their paths.
  logger: false,
  keywords: ['errorMessage', PERSONAL_DATA],
  code: { source: true },
};

export const DRAFT_7 = /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/;
export const DRAFT_2020 = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;

/** The validator of a draft of JSON Schema. */
export function validatorFor(schema: JsonSchema, more: Options = {}): Ajv {
  const options = { ...OPTIONS, ...more };
  const ajv = typeof schema.$schema === 'string' && DRAFT_7.test(schema.$schema) ? new Ajv(options) : new Ajv2020(options) as unknown as Ajv;
  return addFormats(ajv);
}

/**
 * Compiles the schemas of orders and of changes, as `order` and `change`.
 *
 * @throws Error when the schema is not valid.
 */
export function addModel(ajv: Ajv, schema: JsonSchema): void {
  const order = inlineAlternatives(withoutAnnotations(schema));
  ajv.addSchema({ ...order, $id: 'order' }, 'order');
  ajv.addSchema({ ...changeSchema(order), $id: 'change' }, 'change');
  ajv.getSchema('order');
  ajv.getSchema('change');
}

/**
 * Compiles a model to the source of a CommonJS module, which the handlers load from their layer. It needs `runtime.js` and `formats.js` beside it.
 *
 * @throws Error when the schema is not valid.
 */
export function compileOrderModel(schema: JsonSchema, description: OrderModelDescription): string {
  // The handlers have texts of their own for errors.
  const ajv = validatorFor(schema, { messages: false });
  addModel(ajv, schema);
  const code = standaloneCode(ajv, { validateOrder: 'order', validateChange: 'change' });
  return `${withLinearErrors(withRuntime(withQuickLengths(code)))}\nexports.description=${JSON.stringify(description)};\n${getter('graphql', graphqlMappingOf(schema))}\n`;
}

/** An export that is created when it is used: of all functions, only those of GraphQL need the mapping. */
const getter = (name: string, value: unknown): string =>
  `Object.defineProperty(exports,${JSON.stringify(name)},{enumerable:true,get:()=>(${JSON.stringify(value)})});`;

/** The generated code loads its functions from `runtime.js`, which has all of them, and formats by name. */
const withRuntime = (code: string): string => code
  .replace(/require\("ajv-formats\/dist\/formats"\)\.fullFormats(?:\.(\w+)|\["([^"]+)"\])/g, (_, name?: string, quoted?: string) => `require("./runtime").format("${name ?? quoted}")`)
  .replace(/require\("(ajv[^"]*)"\)/g, 'require("./runtime")["$1"]');

/**
 * The generated code counts the characters of every text. One with at most so many UTF-16 code units has at most so many characters, and one with
 * twice as many has at least so many.
 */
function withQuickLengths(code: string): string {
  const count = /(func\d+) = require\("ajv\/dist\/runtime\/ucs2length"\)/.exec(code)?.[1];
  if (count === undefined) return code;
  return code.replace(new RegExp(`"(?:[^"\\\\]|\\\\.)*"|${count}\\((\\w+)\\) ([<>]) (\\d+)(?![\\w.])`, 'g'), (all: string, text?: string, sign?: string, limit?: string) => {
    if (text === undefined) return all;
    return `(${text}.length ${sign} ${sign === '<' ? 2 * Number(limit) : limit} && ${all})`;
  });
}

/**
 * The generated code copies all errors so far for each value behind a `$ref` that has errors: for 60 000 wrong items, that took 12 seconds.
 * Appending takes milliseconds.
 */
const withLinearErrors = (code: string): string => code.replace(
  COPY_OR_TEXT, (all: string, validate?: string) => (validate === undefined ? all : `vErrors = require("./runtime").appendErrors(vErrors, ${validate}.errors)`),
);

/** The text of a schema, which stays, or the code that copies errors. */
const COPY_OR_TEXT = /"(?:[^"\\]|\\.)*"|vErrors = vErrors === null \? (\S+)\.errors : vErrors\.concat\(\1\.errors\)/g;
