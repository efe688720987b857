import { OrderIdIndex } from '../../../../handlers/shared/order-file';

test('an order ID is new once, and then repeated or in conflict', () => {
  const index = new OrderIdIndex(10);

  expect([['a', 'x'], ['b', 'x'], ['a', 'x'], ['a', 'y'], ['a', 'x'], ['b', 'y']].map(([id, content]) => index.add(id, content)))
    .toEqual(['new', 'new', 'repeated', 'conflict', 'repeated', 'conflict']);
});

test('a hundred thousand IDs are distinguished and found', () => {
  const index = new OrderIdIndex(100_000);
  const resultsOf = (content: string) => {
    const counts: Record<string, number> = {};
    for (let n = 0; n < 100_000; n++) {
      const result = index.add(`order-${n}`, `${content}${n}`);
      counts[result] = (counts[result] ?? 0) + 1;
    }
    return counts;
  };

  expect([resultsOf('x'), resultsOf('x'), resultsOf('y')]).toEqual([{ new: 100_000 }, { repeated: 100_000 }, { conflict: 100_000 }]);
});

test('fails when there are more IDs than the maximum, not counting repeats', () => {
  const index = new OrderIdIndex(2);
  index.add('a', 'x');
  index.add('b', 'x');

  expect(index.add('b', 'x')).toBe('repeated');
  expect(() => index.add('c', 'x')).toThrow(new RangeError('more than 2 order ids'));
});

test('fails for the first ID when the maximum is 0', () => {
  expect(() => new OrderIdIndex(0).add('a', 'x')).toThrow('more than 0 order ids');
});
