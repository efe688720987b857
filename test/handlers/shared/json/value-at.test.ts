import { stepsOf, valueAt, withValueAt } from '#shared';

test.each<[string, string[]]>([
  ['', []], ['/', ['']], ['/a', ['a']], ['/a/b', ['a', 'b']], ['/a~1b/c~0d', ['a/b', 'c~d']], ['/~01', ['~1']], ['/a//b', ['a', '', 'b']],
])('the pointer %j has the steps %j', (pointer, steps) => {
  expect(stepsOf(pointer)).toEqual(steps);
});

describe('the value at a path', () => {
  const document = { 'a': { b: [{ c: 1 }], n: null }, '': 'empty' };

  test.each<[string[], unknown]>([
    [[], document], [['a', 'b', '0', 'c'], 1], [['a', 'n'], null], [[''], 'empty'],
    [['x'], undefined], [['a', 'n', 'x'], undefined], [['a', 'b', '1'], undefined], [['', 'length'], undefined],
  ])('at %j', (steps, value) => {
    expect(valueAt(document, ...steps)).toEqual(value);
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('is never inherited: %s', (key) => {
    expect(valueAt({}, key)).toBeUndefined();
    expect(valueAt([], key)).toBeUndefined();
  });

  test.each([null, undefined, 1, 'text'])('is undefined in %j', (other) => {
    expect(valueAt(other, 'a')).toBeUndefined();
  });
});

describe('a document with a value at a path', () => {
  test.each<[string, unknown, string[], unknown]>([
    ['has it in place of another', { a: 1, b: 2 }, ['a'], { a: 'new', b: 2 }],
    ['has it in an object on the way', { a: { b: 1, c: 2 } }, ['a', 'b'], { a: { b: 'new', c: 2 } }],
    ['has objects on the way that were missing', {}, ['a', 'b', 'c'], { a: { b: { c: 'new' } } }],
    ['has objects in place of null on the way', { a: null }, ['a', 'b'], { a: { b: 'new' } }],
    ['cannot be made where a list is on the way', { a: [] }, ['a', 'b'], undefined],
    ['cannot be made where text is on the way', { a: 'text' }, ['a', 'b'], undefined],
    ['cannot be made of a list', [], ['a'], undefined],
  ])('%s', (_, document, steps, expected) => {
    expect(withValueAt(document, steps, 'new')).toEqual(expected);
  });

  test('is a copy', () => {
    const document = { a: { b: 1 } };
    withValueAt(document, ['a', 'b'], 2);

    expect(document).toEqual({ a: { b: 1 } });
  });
});
