import { idempotencyKeyOf } from '#shared';
import { apiRequest } from '../../../support/api-request';

const keyIn = (headers: Record<string, string>) => idempotencyKeyOf(apiRequest({ headers }));

test('a request need not have a key', () => {
  expect(keyIn({})).toBeUndefined();
});

test.each(['k', 'k'.repeat(255), ' key ', 'Schlüssel'])('a key is taken as it is: %j', (key) => {
  expect(keyIn({ 'IDEMPOTENCY-key': key })).toBe(key);
});

test.each(['', ' ', '\t', 'k'.repeat(256)])('fails when the key is %j', (key) => {
  expect(() => keyIn({ 'Idempotency-Key': key })).toThrow(
    expect.objectContaining({ status: 400, code: 'invalid-idempotency-key', detail: 'Idempotency-Key must have 1 to 255 characters' }),
  );
});
