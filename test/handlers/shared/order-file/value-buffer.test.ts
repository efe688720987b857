import { ValueBuffer } from '../../../../handlers/shared/order-file/value-buffer';

const put = (values: ValueBuffer, ...pieces: string[]) => {
  for (const piece of pieces.slice(0, -1)) values.append(Buffer.from(piece));
  return values.finish(Buffer.from(pieces.at(-1)!))?.toString();
};

test('a value in one piece is not copied', () => {
  const piece = Buffer.from('abc');

  expect(new ValueBuffer(3).finish(piece)).toBe(piece);
});

test('values are joined one after the other', () => {
  const values = new ValueBuffer(5);

  expect([put(values, 'ab', 'cd', 'e'), put(values, 'f', ''), put(values, 'g')]).toEqual(['abcde', 'f', 'g']);
});

test('fails for a value that is too large, and not for the next one', () => {
  const values = new ValueBuffer(3);

  expect([put(values, 'abcd'), put(values, 'ab', 'cd'), put(values, 'abcd', 'e'), put(values, 'a', 'bc')]).toEqual([undefined, undefined, undefined, 'abc']);
});

test('a value is not modified by later values', () => {
  const values = new ValueBuffer(9);
  values.append(Buffer.from('a'));
  const first = values.finish(Buffer.from('b'))!;
  put(values, 'cc', 'dd');

  expect(first.toString()).toBe('ab');
});

describe('for a value in a million pieces', () => {
  const allocated = (maxSize: number): number[] => {
    const values = new ValueBuffer(maxSize);
    const sizes = jest.spyOn(Buffer, 'allocUnsafe');
    for (let count = 0; count < 1e6; count++) values.append(Buffer.from([65]));
    values.finish(Buffer.alloc(0));
    return sizes.mock.calls.map(([size]) => size);
  };
  afterEach(() => jest.restoreAllMocks());

  test('each byte is copied about twice', () => {
    expect(allocated(1e6).reduce((total, size) => total + size, 0)).toBeLessThan(3e6);
  });

  test('the buffer does not exceed the maximum size', () => {
    expect(allocated(5000)).toEqual([1024, 2048, 4096, 5000]);
  });
});
