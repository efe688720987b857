import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { schemaErrors } from '#shared';

type Schema = Record<string, unknown>;

function rawErrors(schema: Schema, value: unknown) {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, keywords: ['errorMessage'] });
  addFormats(ajv as never);
  const validate = ajv.compile(schema);
  validate(value);
  return validate.errors ?? [];
}

const errorsOf = (schema: Schema, value: unknown) => schemaErrors(rawErrors(schema, value));
/** Errors as lines. */
const linesOf = (schema: Schema, value: unknown) => errorsOf(schema, value).map(({ path, code, message }) => `${path} ${code} ${message}`);

describe('an error of a keyword has its code and message', () => {
  test.each<[string, Schema, unknown, string]>([
    ['required', { required: ['a/b'] }, {}, '/a~1b REQUIRED is required'],
    ['dependentRequired', { dependentRequired: { a: ['b'] } }, { a: 1 }, '/b REQUIRED is required together with a'],
    ['dependencies', { dependencies: { a: ['b'] } }, { a: 1 }, '/b REQUIRED is required together with a'],
    ['additionalProperties', { additionalProperties: false }, { a: 1 }, '/a UNKNOWN_FIELD is not a known field; remove it'],
    ['unevaluatedProperties', { allOf: [{ properties: { a: true } }], unevaluatedProperties: false }, { a: 1, b: 2 }, '/b UNKNOWN_FIELD is not a known field; remove it'],
    ['false', { properties: { a: false } }, { a: 1 }, '/a UNKNOWN_FIELD is not allowed; remove it'],
    ['propertyNames', { propertyNames: { maxLength: 2 } }, { abc: 1 }, '/abc INVALID_KEY the key must have at most 2 characters'],
    ['propertyNames with a message', { propertyNames: { pattern: '^[a-z]+$', errorMessage: 'must be in lower case' } }, { A: 1 }, '/A INVALID_KEY the key must be in lower case'],
    ['propertyNames false', { propertyNames: false }, { A: 1 }, '/A INVALID_KEY the key is not allowed; remove it'],
    ['type', { type: 'integer' }, 1.5, ' INVALID_TYPE must be an integer'],
    ['several types', { type: ['string', 'null'] }, 1, ' INVALID_TYPE must be text or null'],
    ['pattern', { pattern: '^a$' }, 'b', ' INVALID_FORMAT must match ^a$'],
    ['format', { format: 'date' }, 'b', ' INVALID_FORMAT must match the format date'],
    ['enum', { enum: ['a', 1, null, { b: 1 }] }, 'c', ' INVALID_VALUE must be one of a, 1, null, {"b":1}'],
    ['const', { const: 'a' }, 'b', ' INVALID_VALUE must be "a"'],
    ['uniqueItems', { uniqueItems: true }, [1, 1], ' NOT_UNIQUE must have no equal entries'],
    ['multipleOf', { multipleOf: 5 }, 7, ' INVALID_VALUE must be a multiple of 5'],
    ['not', { not: { const: 1 } }, 1, ' INVALID_VALUE must not have this value'],
    ['minLength', { minLength: 2 }, 'a', ' TOO_SMALL must have at least 2 characters'],
    ['maxLength', { maxLength: 1 }, 'ab', ' TOO_BIG must have at most 1 characters'],
    ['minItems', { minItems: 1 }, [], ' TOO_SMALL must have at least 1 entries'],
    ['maxItems', { maxItems: 1 }, [1, 2], ' TOO_BIG must have at most 1 entries'],
    ['items false', { prefixItems: [true], items: false }, [1, 2], ' TOO_BIG must have at most 1 entries'],
    ['unevaluatedItems', { prefixItems: [true], unevaluatedItems: false }, [1, 2], ' TOO_BIG must have at most 1 entries'],
    ['minProperties', { minProperties: 1 }, {}, ' TOO_SMALL must have at least 1 entries'],
    ['maxProperties', { maxProperties: 0 }, { a: 1 }, ' TOO_BIG must have at most 0 entries'],
    ['minimum', { minimum: 1 }, 0, ' TOO_SMALL must be at least 1'],
    ['exclusiveMinimum', { exclusiveMinimum: 1 }, 1, ' TOO_SMALL must be greater than 1'],
    ['maximum', { maximum: 1 }, 2, ' TOO_BIG must be at most 1'],
    ['exclusiveMaximum', { exclusiveMaximum: 1 }, 1, ' TOO_BIG must be less than 1'],
    ['contains', { contains: { type: 'string', minLength: 2 } }, [1, 'a'], ' INVALID_VALUE must have entries that match contains of the schema'],
    ['then', { if: { required: ['a'] }, then: { required: ['b'] } }, { a: 1 }, '/b REQUIRED is required'],
  ])('%s', (_, schema, value, expected) => {
    expect(linesOf(schema, value)).toEqual([expected]);
  });

  test('that this library does not know', () => {
    const [error] = rawErrors({ minimum: 1 }, 0);

    expect(schemaErrors([{ ...error, keyword: 'fromTheFuture' }])).toEqual([{ path: '', code: 'INVALID', message: 'must satisfy fromTheFuture of the schema' }]);
  });
});

describe('the errorMessage of a schema', () => {
  const errorMessage = 'must be an amount in cents';

  test.each<[string, Schema, unknown, string]>([
    ['a type', { type: 'integer' }, '1', 'INVALID_TYPE'],
    ['a pattern', { pattern: '^a$' }, 'b', 'INVALID_FORMAT'],
    ['a format', { format: 'date' }, 'b', 'INVALID_FORMAT'],
    ['an enum', { enum: [1] }, 2, 'INVALID_VALUE'],
    ['a const', { const: 1 }, 2, 'INVALID_VALUE'],
    ['a multiple', { multipleOf: 5 }, 2, 'INVALID_VALUE'],
    ['not', { not: { const: 1 } }, 1, 'INVALID_VALUE'],
    ['alternatives', { anyOf: [{ type: 'string' }, { type: 'null' }] }, 1, 'INVALID_VALUE'],
  ])('replaces the message of %s', (_, schema, value, code) => {
    expect(errorsOf({ ...schema, errorMessage }, value)).toEqual([{ path: '', code, message: errorMessage }]);
  });

  test('does not replace the message of a limit, which has a number', () => {
    expect(linesOf({ type: 'integer', minimum: 1, errorMessage }, 0)).toEqual([' TOO_SMALL must be at least 1']);
  });
});

test('a message is bounded: a schema may list hundreds of values', () => {
  const [{ message }] = errorsOf({ enum: Array.from({ length: 300 }, (_, n) => `value-${n}`) }, 'x');

  expect(message).toHaveLength(257);
  expect(message).toMatch(/^must be one of value-0, value-1, .*…$/);
});

test('never repeats a value that was sent', () => {
  const schema = { properties: { a: { enum: ['x'] }, b: { pattern: '^x$' }, c: { const: 'x' }, d: { anyOf: [{ const: 'x' }, { maxLength: 1 }] }, e: { format: 'email' } } };
  const canaries = Object.fromEntries(Object.keys(schema.properties).map((key) => [key, 'canary']));

  expect(errorsOf(schema, canaries)).toHaveLength(5);
  expect(JSON.stringify(errorsOf(schema, canaries))).not.toContain('canary');
});

describe('alternatives', () => {
  const home = { type: 'object', required: ['kind', 'street'], properties: { kind: { const: 'home' }, street: { type: 'string' } } };
  const pickup = { type: 'object', required: ['kind', 'shop'], properties: { kind: { enum: ['pickup', 'locker'] }, shop: { type: 'string' } } };
  const none = ' INVALID_VALUE must match exactly one of the alternatives in the schema';

  test.each<[string, Schema[], unknown, string[]]>([
    ['none of them has the type of the value', [{ type: 'string' }, { type: 'array' }], 1, [none]],
    ['one has its type', [{ type: 'string', maxLength: 1 }, { type: 'array', items: { type: 'string' } }], [1], ['/0 INVALID_TYPE must be text']],
    ['one has its constant', [home, pickup], { kind: 'home', street: 1 }, ['/street INVALID_TYPE must be text']],
    ['one has its constant, but not all of its fields', [home, pickup], { kind: 'locker' }, ['/shop REQUIRED is required']],
    ['one has its constant, with every error of it', [{ type: 'null' }, { ...home, required: ['kind', 'a', 'b'] }, pickup], { kind: 'home' }, ['/a REQUIRED is required', '/b REQUIRED is required']],
    ['none has its constant', [home, pickup], { kind: 'drone', street: 1 }, [none]],
    ['several may be meant', [{ required: ['email'] }, { required: ['phone'] }], {}, [none]],
    ['the value matches several', [{ minimum: 1 }, { minimum: 2 }, { minimum: 9 }], 5, [none]],
    ['they are in each other', [{ type: 'string' }, { type: 'object', properties: { a: { oneOf: [{ type: 'null' }, { type: 'array', minItems: 1 }] } } }], { a: [] }, ['/a TOO_SMALL must have at least 1 entries']],
    ['one is false', [{ type: 'string', minLength: 1 }, false as never], '', [none]],
  ])('have the errors of the one that was meant, or one of their own: %s', (_, oneOf, value, expected) => {
    expect(linesOf({ oneOf }, value)).toEqual(expected);
  });

  test('leave the errors beside them', () => {
    const schema = { type: 'object', required: ['a'], properties: { a: { maxLength: 1, pattern: '^b', anyOf: [{ const: 'x' }, { const: 'y' }] }, b: { type: 'string' } } };

    expect(linesOf(schema, { a: 'aa', b: 1 }).sort()).toEqual([
      '/a INVALID_FORMAT must match ^b', '/a INVALID_VALUE must match one of the alternatives in the schema', '/a TOO_BIG must have at most 1 characters', '/b INVALID_TYPE must be text',
    ]);
  });

  test('of many entries have an error per entry', () => {
    expect(linesOf({ items: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, ['a', 1, null, 2])).toEqual([
      '/1 INVALID_VALUE must match one of the alternatives in the schema', '/3 INVALID_VALUE must match one of the alternatives in the schema',
    ]);
  });

  test('that refer to their own schema are distinguished where only one refers', () => {
    const schema = { $ref: '#/$defs/tree', $defs: { tree: { type: 'object', properties: { n: { type: 'integer' }, next: { anyOf: [{ $ref: '#/$defs/tree' }, { type: 'string' }] } } } } };

    expect(linesOf(schema, { next: { next: { n: 'x' } } })).toEqual(['/next/next/n INVALID_TYPE must be an integer']);
    expect(linesOf(schema, { next: 1 })).toEqual(['/next INVALID_VALUE must match one of the alternatives in the schema']);
  });

  test('that refer to several recursive schemas have one error', () => {
    const node = (name: string) => ({ type: 'object', properties: { [name]: { type: 'string' }, next: { $ref: `#/$defs/${name}` } } });
    const schema = { properties: { a: { maxProperties: 3, anyOf: [{ $ref: '#/$defs/one' }, { $ref: '#/$defs/other' }] } }, $defs: { one: node('one'), other: node('other') } };

    expect(linesOf(schema, { a: { one: 1, other: 1, next: {}, last: 1 } }).sort()).toEqual([
      '/a INVALID_VALUE must match one of the alternatives in the schema', '/a TOO_BIG must have at most 3 entries',
    ]);
  });
});

describe('the work for many errors', () => {
  const schema = {
    properties: {
      keys: { propertyNames: { maxLength: 1 } },
      lines: { additionalProperties: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] } },
    },
  };

  /** How often fields of errors are read. */
  function reads(count: number): number {
    let total = 0;
    const entries = (value: unknown) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key-${n}`, value]));
    const errors = rawErrors(schema, { keys: entries(1), lines: entries([1]) });
    const observed = errors.map((error) => new Proxy(error, {
      get: (target, field) => {
        total++;
        return Reflect.get(target, field) as unknown;
      },
    }));
    expect(schemaErrors(observed)).toHaveLength(2 * count);
    return total;
  }

  test('grows as they do, and no faster', () => {
    expect(reads(2000)).toBeLessThan(11 * reads(200));
  });
});
