import { eraseDocument, FieldNotErasable } from '../../../cli/erase/erase-document';
import { PersonalFields } from '../../../cli/erase/personal-fields';

const marked = (schema: object = {}) => ({ ...schema, 'x-personal-data': true });
const fieldsOf = (properties: object, more: object = {}, further: readonly string[] = []) =>
  new PersonalFields({ type: 'object', properties, additionalProperties: false, ...more }, further);
const erased = (fields: PersonalFields, document: object) => eraseDocument(document, fields).document;

/** Erases one required field, whose schema this is. */
const required = (schema: object, value: unknown) => (erased(fieldsOf({ a: marked(schema) }, { required: ['a'] }), { a: value }) as { a: unknown }).a;

test('a field that may be absent is removed, and others stay', () => {
  const result = eraseDocument({ a: 'Anna', b: 'tulip' }, fieldsOf({ a: marked({ type: 'string' }), b: { type: 'string' } }));
  expect(result).toEqual({ document: { b: 'tulip' }, count: 1, texts: ['Anna'] });
});

test.each<[string, object, unknown, unknown]>([
  ['text', { type: 'string' }, 'Anna', 'erased'],
  ['text of a minimum length', { type: 'string', minLength: 10 }, 'Anna Example', 'erased----'],
  ['text of a maximum length', { type: 'string', maxLength: 3 }, 'Ann', 'era'],
  ['an email address', { type: 'string', format: 'email' }, 'anna@example.com', 'erased@erased.invalid'],
  ['a URI', { type: 'string', format: 'uri' }, 'https://anna.example', 'https://erased.invalid/'],
  ['a date', { type: 'string', format: 'date' }, '1980-05-01', '1900-01-01'],
  ['a time', { type: 'string', format: 'date-time' }, '1980-05-01T00:00:00Z', '1900-01-01T00:00:00Z'],
  ['a UUID', { type: 'string', format: 'uuid' }, '6f1c0a66-6d1c-4f0b-9b5e-6d2f5a0f9e7a', '00000000-0000-0000-0000-000000000000'],
  ['text of a pattern, by its form', { type: 'string', pattern: '^[A-Z]{2}-\\d{3}$' }, 'AB-123', 'XX-000'],
  ['text of a pattern, by its example', { type: 'string', pattern: '^(abc|def)$', examples: ['def'] }, 'abc', 'def'],
  ['a choice', { enum: ['FEMALE', 'MALE', 'UNKNOWN'] }, 'MALE', 'FEMALE'],
  ['a constant', { const: 'x' }, 'x', 'x'],
  ['an integer', { type: 'integer', minimum: 18 }, 44, 18],
  ['a boolean', { type: 'boolean' }, true, false],
  ['a list', { type: 'array', items: { type: 'string' } }, ['Anna'], []],
  ['a list that must have an element', { type: 'array', minItems: 1, items: { type: 'string' } }, ['Anna', 'Otto'], ['erased', 'erased']],
  ['an object', { type: 'object' }, { name: 'Anna' }, {}],
  ['an object with required fields', { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1 } } }, { name: 'Anna', city: 'Bern' }, { name: 'erased' }],
])('%s that must stay becomes neutral', (_, schema, value, neutral) => {
  expect(required(schema, value)).toEqual(neutral);
});

test('an erased document is not changed again', () => {
  const fields = fieldsOf({ a: marked({ type: 'string', pattern: '^[A-Z]{2}-\\d{3}$' }), b: marked({ type: 'object', required: ['n'] }) }, { required: ['a', 'b'] });
  const once = erased(fields, { a: 'AB-123', b: { n: 'Anna', m: 1 } });
  expect(eraseDocument(once, fields)).toEqual({ document: once, count: 0, texts: [] });
});

test('fields are found behind references, in alternatives and in lists, where elements keep their position', () => {
  const fields = fieldsOf(
    { lines: { type: 'array', items: { $ref: '#/$defs/line' } }, buyer: { anyOf: [{ type: 'string' }, { type: 'object', properties: { name: marked() } }] } },
    { $defs: { line: { type: 'object', properties: { note: marked() } } } },
  );
  expect(erased(fields, { lines: [{ note: 'Anna', n: 1 }, { n: 2 }], buyer: { name: 'Anna', vat: 'x' } })).toEqual({ lines: [{ n: 1 }, { n: 2 }], buyer: { vat: 'x' } });
});

test('one of two fields stays, in neutral form, if the schema requires either', () => {
  const fields = fieldsOf({ email: marked({ type: 'string' }), phone: marked({ type: 'string' }) }, { anyOf: [{ required: ['email'] }, { required: ['phone'] }] });
  expect(erased(fields, { email: 'anna@example.com', phone: '1' })).toEqual({ phone: 'erased' });
});

test('further fields are given as pointers, in which * is every key', () => {
  const fields = fieldsOf({ lines: { type: 'array' }, name: {} }, {}, ['/lines/*/note', '/name', '/absent/x']);
  expect(erased(fields, { lines: [{ note: 'a', n: 1 }], name: 'Anna' })).toEqual({ lines: [{ n: 1 }] });
});

test('a document that broke its schema before is erased, and breaks it at no more places', () => {
  const fields = fieldsOf({ a: marked({ type: 'string' }) });
  expect(erased(fields, { a: 'Anna', old: 1 })).toEqual({ old: 1 });
});

test('fails when a field must stay and no neutral value meets its schema, and names it', () => {
  expect(() => required({ type: 'string', pattern: '^(Anna|Bob)$' }, 'Anna')).toThrow(FieldNotErasable);
  expect(() => required({ type: 'string', pattern: '^(Anna|Bob)$' }, 'Anna')).toThrow('/a must stay in an order, and no neutral value meets its schema');
});

test('keys that are names of a prototype stay', () => {
  const document = JSON.parse('{"a":"Anna","__proto__":{"x":1},"constructor":2}');
  expect(JSON.stringify(erased(new PersonalFields({ type: 'object', properties: { a: marked() } }, []), document))).toBe('{"__proto__":{"x":1},"constructor":2}');
});
