import { validateSchema } from '../../../../src/private/order-model/validate-schema';

const DRAFT_7 = 'http://json-schema.org/draft-07/schema#';

const schema = (more: object = {}) => ({ type: 'object', properties: { id: { type: 'string' } }, ...more });
const property = (value: unknown, more: object = {}) => schema({ properties: { a: value }, ...more });

describe('a schema is valid', () => {
  test.each<[string, object]>([
    ['with nothing but a type', { type: 'object' }],
    ['of draft 2020-12', schema({ $schema: 'https://json-schema.org/draft/2020-12/schema', dependentRequired: { a: ['b'] }, unevaluatedProperties: false })],
    ['of draft 7', schema({ $schema: DRAFT_7, definitions: { a: true }, dependencies: { a: ['b'], c: { required: ['d'] } } })],
    ['with a reference', property({ $ref: '#/$defs/b%20c~1d' }, { $defs: { 'b c/d': { type: 'string' } } })],
    ['with a reference to itself, for parts', property({ type: 'array', items: { $ref: '#' } })],
    ['with recursive definitions', property({ $ref: '#/$defs/tree' }, { $defs: { tree: { properties: { next: { anyOf: [{ $ref: '#/$defs/tree' }, { type: 'null' }] } } } } })],
    ['with a reference into a list', property({ $ref: '#/allOf/0' }, { allOf: [{ type: 'object' }] })],
    ['with an errorMessage', property({ type: 'string', errorMessage: 'must be text' })],
    ['with fields that are personal', property({ 'type': 'string', 'x-personal-data': true }, { $defs: { b: { 'x-personal-data': false } } })],
    ['with formats', property({ type: 'string', format: 'date-time' })],
    ['with an instance of it', property({ enum: [{ $ref: 'x', pattern: '(a+)+', colour: 1 }], default: { $ref: 1 }, examples: [{ properties: 1 }], const: { $id: 'x' } })],
    ['with annotations', schema({ title: 'Order', description: 'An order', $comment: 'x', deprecated: true, readOnly: true })],
  ])('%s', (_, candidate) => {
    expect(validateSchema(candidate)).toEqual(candidate);
  });

  test('with properties whose names are those of keywords', () => {
    const names = { pattern: { type: 'string' }, $ref: { type: 'string' }, properties: { type: 'object' }, $id: { type: 'string' }, patternProperties: { type: 'object' }, colour: {}, enum: true, items: true };
    const candidate = {
      type: 'object',
      properties: { ...names, $defs: { type: 'object', properties: names }, properties: { type: 'object', properties: { properties: { type: 'object', properties: names } } } },
      $defs: names,
    };

    expect(validateSchema(candidate)).toEqual(candidate);
  });

  test('without its $id, which would be that of another schema in the handlers', () => {
    expect(validateSchema(schema({ $id: 'https://example.com/order.json' }))).toEqual(schema());
  });
});

describe('a schema fails', () => {
  test.each<[string, unknown, string]>([
    ['because it is a list', [], 'must be a JSON object'],
    ['because it is null', null, 'must be a JSON object'],
    ['because it is true', true, 'must be a JSON object'],
    ['because it is of another draft', schema({ $schema: 'http://json-schema.org/draft-04/schema#' }), '/$schema: must be draft 2020-12 or draft 7'],
    ['because its $schema is not text', schema({ $schema: 7 }), '/$schema: must be draft 2020-12 or draft 7'],
    ['because it is for no object', { type: 'array' }, '/type: must be "object": an order is a JSON object'],
    ['because it has no type', { properties: {} }, '/type: must be "object": an order is a JSON object'],
    ['because a type does not exist', property({ type: 'decimal' }), '/properties/a/type: must be equal to one of the allowed values'],
    ['because properties are a list', property({ type: 'object', properties: [] }), '/properties/a/properties: must be object'],
    ['because a property is text', property('string'), '/properties/a: must be object,boolean'],
    ['because a limit is text', property({ maxLength: '5' }), '/properties/a/maxLength: must be integer'],
    ['because a keyword does not exist', property({ items: { maxLenght: 5 } }), '/properties/a/items/maxLenght: is not a keyword of JSON Schema'],
    ['because a keyword is of OpenAPI', property({ type: 'string', nullable: true, example: 'x' }), '/properties/a/example: is not a keyword of JSON Schema'],
    ['because a keyword is of a later draft', schema({ $schema: DRAFT_7, properties: { a: { prefixItems: [] } } }), '/properties/a/prefixItems: is not a keyword of JSON Schema'],
    ['because a keyword is in a definition', schema({ $defs: { properties: { colour: 1 } } }), '/$defs/properties/colour: is not a keyword of JSON Schema'],
    ['because a format does not exist', property({ format: 'sku' }), 'unknown format "sku" ignored in schema at path "#/properties/a"'],
    ['because an errorMessage is not text', property({ errorMessage: {} }), '/properties/a/errorMessage: must be text'],
    ['because x-personal-data is text', property({ 'x-personal-data': 'yes' }), '/properties/a/x-personal-data: must be true or false, got "yes"'],
    ['because the order itself is personal', schema({ 'x-personal-data': true }), '/x-personal-data: must be on fields of the order'],
    ['because a reference leads nowhere', property({ allOf: [{ $ref: '#/$defs/b' }] }), '/properties/a/allOf/0/$ref: #/$defs/b does not exist'],
    ['because a reference leads to no schema', property({ $ref: '#/properties/b/type' }, { properties: { a: { $ref: '#/properties/b/type' }, b: { type: 'string' } } }), '/properties/a/$ref: #/properties/b/type is not a schema'],
    ['because a reference leads to another file', property({ $ref: 'address.json' }), '/properties/a/$ref: must refer to a part of this file, such as #/$defs/address'],
    ['because a reference is an address', property({ $ref: 'https://example.com/address.json' }), '/properties/a/$ref: must refer to a part of this file'],
    ['because a reference is a name', property({ $ref: '#address' }), '/properties/a/$ref: must refer to a part of this file'],
    ['because a reference has half an escape', property({ $ref: '#/$defs/a%' }), '/properties/a/$ref: must refer to a part of this file'],
    ['because a definition is only itself', property({ $ref: '#/$defs/a' }, { $defs: { a: { $ref: '#/$defs/a' } } }), '/properties/a/$ref: #/$defs/a refers to itself for the same value, without end'],
    ['because definitions are each other', property({ $ref: '#/$defs/a' }, { $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { anyOf: [{ not: { $ref: '#/$defs/a' } }, true] } } }), '/properties/a/$ref: #/$defs/a refers to itself'],
    ['because of an $anchor', schema({ $defs: { a: { $anchor: 'a' } } }), '/$defs/a/$anchor: is not supported; use $ref to a part of the file, such as #/$defs/address'],
    ['because of an inner $id', schema({ $defs: { a: { $id: 'a' } } }), '/$defs/a/$id: is not supported'],
    ['because of a $dynamicRef', property({ $dynamicRef: '#a' }), '/properties/a/$dynamicRef: is not supported'],
    ['because a pattern is none', property({ pattern: '(' }), '/properties/a/pattern: '],
    ['because a pattern can take exponential time', property({ pattern: '^(a+)+$' }), '/properties/a/pattern: the pattern can take exponential time'],
    ['because a pattern of names can take exponential time', property({ patternProperties: { '^(a*)*$': true } }), '/properties/a/patternProperties/^(a*)*$: the pattern can take exponential time'],
    ['because a pattern is in a property named pattern', property({ properties: { pattern: { pattern: '(a+)+' } } }), '/properties/a/properties/pattern/pattern: the pattern can take'],
    ['because a reference is in a property named $ref', property({ properties: { $ref: { $ref: 'x' } } }), '/properties/a/properties/$ref/$ref: must refer'],
  ])('%s', (_, candidate, message) => {
    expect(() => validateSchema(candidate)).toThrow(message);
  });

  test('with every error at once', () => {
    expect(() => validateSchema(schema({ properties: { a: { colour: 1 }, b: { $ref: 'x' }, c: { pattern: '(a+)+' } } }))).toThrow(
      /^\/properties\/a\/colour: .*; \/properties\/b\/\$ref: .*; \/properties\/c\/pattern: /,
    );
  });
});
