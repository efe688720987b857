import * as fc from 'fast-check';
import { compileOrderModel } from '../../../../src/private/order-model/compile-order-model';
import { STANDARD_ORDER_MODEL } from '../../../../src/private/order-model/standard-order-model';
import { STANDARD_ORDER_SCHEMA } from '../../../../src/private/order-model/standard-order-schema';
import { loadSource } from '../../../support/load-source';
import { ERP_SCHEMA } from '../../../support/own-models';

const DESCRIPTION = { isStandard: false, facts: { orderId: '/number' }, changeable: ['/lines'], required: ['number'] };
const { $id, ...ERP } = ERP_SCHEMA;

/** A schema with all functions that compiled schemas call. */
const EVERYTHING = {
  type: 'object',
  properties: {
    text: { type: 'string', minLength: 2, maxLength: 3, pattern: '^\\p{L}+$' },
    unique: { type: 'array', uniqueItems: true, items: { type: 'object' } },
    same: { const: { a: [1] } },
    ...Object.fromEntries(['date-time', 'date', 'time', 'duration', 'email', 'uuid', 'uri', 'uri-reference', 'hostname', 'ipv4', 'ipv6', 'regex', 'json-pointer', 'int32', 'int64', 'double', 'byte']
      .map((format) => [format, { format }])),
  },
};

test('a model has its description', () => {
  expect(loadSource(compileOrderModel(ERP, DESCRIPTION)).description).toEqual(DESCRIPTION);
});

test.each<[string, object]>([['the standard schema', STANDARD_ORDER_SCHEMA], ['recursive definitions and alternatives', ERP], ['every function', EVERYTHING]])(
  'the source needs nothing but the runtime beside it: %s', (_, schema) => {
    const required = [...compileOrderModel(schema as never, DESCRIPTION).matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name);

    expect(new Set(required)).toEqual(new Set(['"./runtime"']));
  },
);

test('the functions of the runtime are those that a schema calls', () => {
  const { validateOrder } = loadSource(compileOrderModel(EVERYTHING, DESCRIPTION));

  expect(validateOrder({ 'text': '😀é', 'unique': [{ a: 1 }, { a: 2 }], 'same': { a: [1] }, 'date-time': '2026-01-31T12:00:00Z', 'uuid': '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d' })).toBe(false);
  expect(validateOrder.errors!.map(({ keyword }) => keyword)).toEqual(['pattern']);
  expect(validateOrder({ text: 'é', unique: [{ a: 1 }, { a: 1 }], same: { a: [2] }, date: '2026-02-30', regex: '(' })).toBe(false);
  expect(validateOrder.errors!.map(({ instancePath }) => instancePath)).toEqual(['/text', '/unique', '/same', '/date', '/regex']);
  expect(validateOrder({ text: 'éa' })).toBe(true);
  expect(validateOrder.errors).toBeNull();
});

test('lengths are counted in characters, whatever they are', () => {
  const schema = { type: 'object', properties: { a: { type: 'string', minLength: 3, maxLength: 5 }, b: { type: 'string', maxLength: 1e21 } }, propertyNames: { maxLength: 2 } };
  const { validateOrder } = loadSource(compileOrderModel(schema, DESCRIPTION));

  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\ud800'), maxLength: 8 }), (text) => {
    const length = [...text].length;
    expect(validateOrder({ a: text, b: text })).toBe(length >= 3 && length <= 5);
    expect(validateOrder({ [`c${text}`]: 1 })).toBe(length <= 1);
  }));
});

test('errors have the schema that they break, for its message', () => {
  const { validateOrder } = loadSource(compileOrderModel({ type: 'object', properties: { a: { type: 'string', errorMessage: 'must be a name' } } }, DESCRIPTION));

  expect(validateOrder({ a: 1 })).toBe(false);
  expect(validateOrder.errors).toMatchObject([{ instancePath: '/a', parentSchema: { errorMessage: 'must be a name' } }]);
});

test('errors behind references are appended: no generated code copies those before', () => {
  for (const schema of [STANDARD_ORDER_SCHEMA, ERP]) {
    const source = compileOrderModel(schema as never, STANDARD_ORDER_MODEL);
    expect(source).toContain('appendErrors(vErrors, ');
    expect(source).not.toContain('.concat(');
  }
});

test('errors of several values behind a reference are all there, in order', () => {
  const { validateOrder } = loadSource(compileOrderModel(ERP, DESCRIPTION));
  const wrong = { article: 1, note: 1, parts: [{ article: 1, note: null }] };

  expect(validateOrder({ number: 'a', buyer: { id: 'b' }, lines: [wrong, { article: 'a', note: null }, wrong] })).toBe(false);
  expect(validateOrder.errors!.map(({ instancePath }) => instancePath).sort()).toEqual([
    '/lines/0/article', '/lines/0/note', '/lines/0/parts/0/article', '/lines/2/article', '/lines/2/note', '/lines/2/parts/0/article',
  ]);
  expect(validateOrder({ number: 'a', buyer: {}, lines: [{ article: 'a', note: null }] })).toBe(false);
  expect(validateOrder.errors).toHaveLength(1);
});

test('text in a schema is not taken for code', () => {
  const text = 'require("ajv/dist/runtime/equal") vErrors = vErrors === null ? a.errors : vErrors.concat(a.errors)';
  const { validateOrder } = loadSource(compileOrderModel({ type: 'object', properties: { a: { enum: [text, '\u2028"\\'] } } }, DESCRIPTION));

  expect(validateOrder({ a: text })).toBe(true);
  expect(validateOrder({ a: '\u2028"\\' })).toBe(true);
  expect(validateOrder({ a: 'x' })).toBe(false);
});
