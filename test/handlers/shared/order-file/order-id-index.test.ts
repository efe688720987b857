import { OrderIdIndex } from '../../../../handlers/shared/order-file';

test('an order id is new once, and then repeated or a clash', () => {
  const index = new OrderIdIndex(10);

  expect([['a', 'x'], ['b', 'x'], ['a', 'x'], ['a', 'y'], ['a', 'x'], ['b', 'y']].map(([id, content]) => index.add(id, content)))
    .toEqual(['new', 'new', 'repeated', 'clash', 'repeated', 'clash']);
});

test('a hundred thousand ids are told apart, and found again', () => {
  const index = new OrderIdIndex(100_000);
  const verdicts = (content: string) => {
    const counts: Record<string, number> = {};
    for (let n = 0; n < 100_000; n++) {
      const verdict = index.add(`order-${n}`, `${content}${n}`);
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    }
    return counts;
  };

  expect([verdicts('x'), verdicts('x'), verdicts('y')]).toEqual([{ new: 100_000 }, { repeated: 100_000 }, { clash: 100_000 }]);
});

test('fails when there are more ids than it was made for, but not when they are repeated', () => {
  const index = new OrderIdIndex(2);
  index.add('a', 'x');
  index.add('b', 'x');

  expect(index.add('b', 'x')).toBe('repeated');
  expect(() => index.add('c', 'x')).toThrow(new RangeError('more than 2 order ids'));
});

test('fails when it was made for none', () => {
  expect(() => new OrderIdIndex(0).add('a', 'x')).toThrow('more than 0 order ids');
});
