import { ValueHash } from '#shared';
import { OrderIdIndex } from '../../../../handlers/shared/order-file';

const hash = new ValueHash(1);

const hashed = (content: string): ValueHash => {
  hash.hash(content);
  return hash;
};

test('an order ID is new once, and then repeated or in conflict', () => {
  const index = new OrderIdIndex(10);

  expect([['a', 'x'], ['b', 'x'], ['a', 'x'], ['a', 'y'], ['a', 'x'], ['b', 'y']].map(([id, content]) => index.add(id, hashed(content))))
    .toEqual(['new', 'new', 'repeated', 'conflict', 'repeated', 'conflict']);
});

test('a hundred thousand IDs are distinguished and found', () => {
  const index = new OrderIdIndex(100_000);
  const resultsOf = (content: string) => {
    const counts: Record<string, number> = {};
    for (let n = 0; n < 100_000; n++) {
      const result = index.add(`order-${n}`, hashed(`${content}${n}`));
      counts[result] = (counts[result] ?? 0) + 1;
    }
    return counts;
  };

  expect([resultsOf('x'), resultsOf('x'), resultsOf('y')]).toEqual([{ new: 100_000 }, { repeated: 100_000 }, { conflict: 100_000 }]);
});

test('fails when there are more IDs than the maximum, not counting repeats', () => {
  const index = new OrderIdIndex(2);
  index.add('a', hashed('x'));
  index.add('b', hashed('x'));

  expect(index.add('b', hashed('x'))).toBe('repeated');
  expect(() => index.add('c', hashed('x'))).toThrow(new RangeError('more than 2 order ids'));
});

test('fails for the first ID when the maximum is 0', () => {
  expect(() => new OrderIdIndex(0).add('a', hashed('x'))).toThrow('more than 0 order ids');
});
