import { FileCheck, fileCheckResult, type FileReason } from '#shared';
import { ROOMY } from '../../../support/order-file-bytes';

const CHECKSUM = 'c'.repeat(64);
const failure: FileReason = { code: 'TRUNCATED', message: 'it ends', offset: 7, line: 1 };

/** A check that came to these counts. */
const checkOf = (counts: { valid?: number; repeated?: number; invalid?: number }, failed?: FileReason): FileCheck => {
  const { valid = 0, repeated = 0, invalid = 0 } = counts;
  const check = Object.create(new FileCheck(ROOMY)) as FileCheck;
  Object.defineProperty(check, 'counts', { value: { orders: valid + repeated + invalid, valid, repeated, invalid } });
  Object.defineProperty(check, 'failure', { value: failed });
  return check;
};

test('a valid file has counts and a checksum, and no reason', () => {
  expect(fileCheckResult(checkOf({ valid: 2, repeated: 1 }), CHECKSUM, 'REJECT_FILE')).toEqual({
    counts: { orders: 3, valid: 2, repeated: 1, invalid: 0 }, errors: [], checksum: CHECKSUM,
  });
});

test('invalid orders do not reject a file under the policy SKIP_ORDER, even if no order is valid', () => {
  expect(fileCheckResult(checkOf({ invalid: 3 }), CHECKSUM, 'SKIP_ORDER').reason).toBeUndefined();
});

test('fails with the number of invalid orders under the policy REJECT_FILE', () => {
  expect(fileCheckResult(checkOf({ valid: 2, invalid: 1 }), CHECKSUM, 'REJECT_FILE').reason).toEqual({
    code: 'INVALID_ORDERS', message: '1 of 3 orders are invalid, and a file with invalid orders is rejected as a whole',
  });
});

test.each(['SKIP_ORDER', 'REJECT_FILE'])('fails with the read error as the reason under %s', (policy) => {
  const { reason, ...result } = fileCheckResult(checkOf({ valid: 1, invalid: 1 }, failure), undefined, policy);

  expect(reason).toEqual(failure);
  expect(result).not.toHaveProperty('checksum');
});
