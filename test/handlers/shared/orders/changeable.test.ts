import { changeableErrors } from '../../../../handlers/shared/orders/changeable';

const errorsIn = (patch: unknown, changeable: readonly string[], required: readonly string[] = []) =>
  changeableErrors(patch, { isStandard: false, facts: { orderId: '/id' }, changeable, required }).map(({ path, code }) => `${path} ${code}`);

describe('a patch of a model with nested pointers', () => {
  const changeable = ['/lines', '/buyer/vat', '/buyer/address/zip', '/a~1b/c~0d'];

  test.each<[string, object]>([
    ['a field', { lines: [] }], ['a nested field', { buyer: { vat: 'x' } }], ['several in one object', { buyer: { vat: null, address: { zip: '1' } } }],
    ['a field whose name is escaped in a pointer', { 'a/b': { 'c~d': 1 } }], ['the removal of a field', { lines: null }], ['all of what a field has', { lines: { anything: { deep: 1 } } }],
  ])('may change %s', (_, patch) => {
    expect(errorsIn(patch, changeable)).toEqual([]);
  });

  test.each<[string, object, string[]]>([
    ['another field', { id: 1 }, ['/id NOT_CHANGEABLE']],
    ['another nested field', { buyer: { id: 1, address: { zip: '1', city: 'x' } } }, ['/buyer/id NOT_CHANGEABLE', '/buyer/address/city NOT_CHANGEABLE']],
    ['an object as a whole', { buyer: null }, ['/buyer NOT_CHANGEABLE']],
    ['an object to text', { buyer: { address: 'x' } }, ['/buyer/address NOT_CHANGEABLE']],
    ['an object to a list', { buyer: [] }, ['/buyer NOT_CHANGEABLE']],
    ['a field with the name of a part', { 'a/b': { c: 1 }, 'a': 1 }, ['/a~1b/c NOT_CHANGEABLE', '/a NOT_CHANGEABLE']],
    ['a key with a meaning in JavaScript', JSON.parse('{"__proto__":{"lines":1},"constructor":1}') as object, ['/__proto__ NOT_CHANGEABLE', '/constructor NOT_CHANGEABLE']],
  ])('fails when it changes %s', (_, patch, errors) => {
    expect(errorsIn(patch, changeable)).toEqual(errors);
  });
});

test('what is required cannot be removed, but changed', () => {
  expect(errorsIn({ lines: null, note: null }, ['/lines', '/note'], ['lines'])).toEqual(['/lines REQUIRED']);
  expect(errorsIn({ lines: [] }, ['/lines'], ['lines'])).toEqual([]);
});

test('a field has one error', () => {
  expect(errorsIn({ id: null }, ['/lines'], ['id'])).toEqual(['/id NOT_CHANGEABLE']);
});

test('an empty patch fails, and names what can be changed', () => {
  expect(changeableErrors({}, { isStandard: false, facts: { orderId: '/id' }, changeable: ['/lines', '/buyer/vat'], required: [] })).toEqual([
    { path: '', code: 'EMPTY_CHANGE', message: 'must change something: /lines, /buyer/vat' },
  ]);
});

test.each([null, undefined, [], 'lines', 1])('%j is for the schema to refuse', (patch) => {
  expect(errorsIn(patch, ['/lines'])).toEqual([]);
});
