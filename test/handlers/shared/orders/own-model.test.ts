import type { OrderDocument } from '#shared';
import { ERP_FACTS, ERP_SCHEMA, erpOrder, ownModel } from '../../../support/own-models';

const model = ownModel(ERP_SCHEMA, ERP_FACTS);
const errorsIn = (order: unknown) => (model.validate(order).errors ?? []).map(({ path, code }) => `${path} ${code}`);
const patchErrorsIn = (patch: unknown) => (model.validatePatch(patch).errors ?? []).map(({ path, code }) => `${path} ${code}`).sort();

describe('a model of an app', () => {
  test('accepts an order of its schema, and keeps it exactly', () => {
    const order = erpOrder({ comment: null, lines: [{ article: 'bolt', note: null, parts: [{ article: 'nut', note: 'two', extra: null }] }] });

    expect(model.validate(order)).toEqual({ value: { orderId: 'A-1', facts: { customerId: '7' }, order } });
  });

  test.each<[string, object, string[]]>([
    ['an unknown field', { colour: 'red' }, ['/colour UNKNOWN_FIELD']],
    ['a wrong value in a recursive part', { lines: [{ article: 'a', note: null, parts: [{ article: 1, note: null }] }] }, ['/lines/0/parts/0/article INVALID_TYPE']],
    ['a missing field of the alternative that was meant', { delivery: { kind: 'home', address: { zip: '1' } } }, ['/delivery/address/city REQUIRED']],
    ['another kind of alternative', { delivery: { kind: 'drone' } }, ['/delivery INVALID_VALUE']],
    ['no ID', { number: undefined }, ['/number REQUIRED']],
    ['an ID of another form', { number: 'A 1' }, ['/number INVALID_FORMAT']],
    ['a value that cannot be stored', { buyer: { id: 'b', name: '\ud800' } }, ['/buyer/name ILL_FORMED_TEXT']],
    ['null where the schema has none', { channel: null }, ['/channel INVALID_TYPE']],
  ])('refuses %s', (_, changes, errors) => {
    expect(errorsIn(JSON.parse(JSON.stringify(erpOrder(changes))))).toEqual(errors);
  });

  test('has no total of its own: amounts are as they were sent', () => {
    const order = erpOrder({ amounts: { gross: '12.50', currency: 'EUR' } });

    expect(model.validate(order).value!.facts).toMatchObject({ total: 12.5, currency: 'EUR' });
    expect(model.comparable(model.validate(order).value!)).toEqual(order);
  });

  test('reads and sets the ID where it is', () => {
    expect(model.orderIdPath).toBe('/number');
    expect(model.orderIdIn(erpOrder({ number: 17 }))).toBe('17');
    expect(model.orderIdIn(erpOrder({ number: 'a b' }))).toBeUndefined();
    expect(model.givenOrderId(erpOrder({ number: 'a b' }))).toBe('a b');
    expect(model.givenOrderId({ number: null })).toBeUndefined();
    expect(model.withOrderId({ lines: [] }, 'A-2')).toEqual({ lines: [], number: 'A-2' });
  });
});

describe('the difference of two orders of an app', () => {
  const differences = (before: object, after: object) =>
    model.differenceErrors(erpOrder(before), erpOrder(after)).map(({ path, code }) => `${path} ${code}`);

  test('may be in fields that can be changed, also in required ones and to null', () => {
    expect(differences({ comment: 'a' }, { comment: null, lines: [{ article: 'nut', note: null }] })).toEqual([]);
    expect(differences({}, { comment: 'a', delivery: undefined })).toEqual([]);
  });

  test('must not be in others', () => {
    expect(differences({}, { number: 'A-2', amounts: { gross: 1 } })).toEqual(['/number NOT_CHANGEABLE', '/amounts NOT_CHANGEABLE']);
  });
});

describe('a change of an order of an app', () => {
  test.each<[string, object]>([
    ['a field', { comment: 'new' }],
    ['the removal of a field', { comment: null, delivery: null }],
    ['a part of an alternative', { delivery: { address: { zip: '3000' } } }],
    ['the removal in a part', { delivery: { address: { zip: null } } }],
    ['a list with null as a value', { lines: [{ article: 'a', note: null }] }],
  ])('may be %s', (_, patch) => {
    expect(model.validatePatch(patch)).toEqual({ value: patch });
  });

  test.each<[string, unknown, string[]]>([
    ['a fact, or what contains one', { number: 'A-2', buyer: { vat: 'x' }, amounts: { gross: 1 }, labels: [] }, [
      '/amounts NOT_CHANGEABLE', '/buyer NOT_CHANGEABLE', '/labels NOT_CHANGEABLE', '/number NOT_CHANGEABLE',
    ]],
    ['a wrong value in a part of an alternative', { delivery: { kind: 'home', address: { zip: 1 } } }, ['/delivery/address/zip INVALID_TYPE']],
    ['a wrong entry of a list, which is replaced as a whole', { lines: [{ article: 'a' }] }, ['/lines/0/note REQUIRED']],
    ['the removal of what is required', { lines: null }, ['/lines REQUIRED']],
    ['nothing', {}, [' EMPTY_CHANGE']],
    ['no object', [1], [' INVALID_TYPE']],
  ])('fails when it is %s', (_, patch, errors) => {
    expect(patchErrorsIn(patch)).toEqual(errors);
  });

  test('is merged into the document, in which null is a value', () => {
    const order = erpOrder({ comment: null, delivery: { kind: 'home', address: { city: 'Bern', zip: '3000' } } }) as OrderDocument;

    expect(model.applyPatch(order, { delivery: { address: { zip: null } }, lines: [{ article: 'nut', note: null }] })).toEqual(
      erpOrder({ comment: null, delivery: { kind: 'home', address: { city: 'Bern' } }, lines: [{ article: 'nut', note: null }] }),
    );
  });

  test('may touch exactly what the model has as changeable, however deep', () => {
    const narrow = ownModel(ERP_SCHEMA, { orderId: '/number', changeable: ['/buyer/vat', '/delivery'] });
    const paths = (patch: unknown) => (narrow.validatePatch(patch).errors ?? []).map(({ path }) => path);

    expect(paths({ buyer: { vat: 'CHE-1' }, delivery: null })).toEqual([]);
    expect(paths({ buyer: { vat: null } })).toEqual([]);
    expect(paths({ buyer: { id: 8, vat: 'CHE-1' }, lines: [{ article: 'a', note: '' }] })).toEqual(['/buyer/id', '/lines']);
    expect(paths({ buyer: null })).toEqual(['/buyer']);
  });
});

test('a schema of draft 7 has its own keywords', () => {
  const draft7 = ownModel({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: { id: { type: 'integer' }, pair: { type: 'array', items: [{ type: 'string' }, { $ref: '#/definitions/size' }], additionalItems: false } },
    definitions: { size: { enum: ['S', 'M'] } },
    dependencies: { pair: ['id'] },
  }, { orderId: '/id' });

  expect(draft7.validate({ id: 17, pair: ['a', 'M'] })).toEqual({ value: { orderId: '17', facts: {}, order: { id: 17, pair: ['a', 'M'] } } });
  expect(draft7.validate({ pair: ['a', 'L', 1] }).errors!.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
    '/id REQUIRED', '/pair TOO_BIG', '/pair/1 INVALID_VALUE',
  ]);
});

test('thousands of errors behind a reference are appended, and not copied each time', () => {
  const concat = jest.spyOn(Array.prototype, 'concat');

  expect(model.validate(erpOrder({ lines: new Array(5000).fill({}) })).errors).toHaveLength(201);
  expect(concat).not.toHaveBeenCalled();
  concat.mockRestore();
});
