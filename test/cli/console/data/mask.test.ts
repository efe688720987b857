import { mask, maskData } from '../../../../cli/console/data/mask';

test('masks strings and numbers at any depth, and keeps the structure', () => {
  expect(mask({ a: 'x', b: [1, true, null, { c: 'y' }] })).toEqual({ a: '•••', b: ['•••', true, null, { c: '•••' }] });
});

test('keeps a field named __proto__ a field', () => {
  const masked = mask(JSON.parse('{"__proto__":{"isAdmin":"yes"}}')) as Record<string, unknown>;
  expect(Object.keys(masked)).toEqual(['__proto__']);
  expect((masked as { isAdmin?: unknown }).isAdmin).toBeUndefined();
});

test('of the data of an event, keeps codes and paths, and masks what a sender wrote', () => {
  expect(maskData({ code: 'INVALID_ORDER', reason: 'Alice called', errors: [{ path: '/a', code: 'REQUIRED', message: 'Alice' }], order: { customerId: 'alice' } }))
    .toEqual({ code: 'INVALID_ORDER', reason: '•••', errors: [{ path: '/a', code: 'REQUIRED', message: '•••' }], order: { customerId: '•••' } });
});
