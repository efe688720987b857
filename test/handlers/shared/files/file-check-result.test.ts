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

test('a good file has its counts and its checksum, and no reason', () => {
  expect(fileCheckResult(checkOf({ valid: 2, repeated: 1 }), CHECKSUM, 'REJECT_FILE')).toEqual({
    counts: { orders: 3, valid: 2, repeated: 1, invalid: 0 }, errors: [], checksum: CHECKSUM,
  });
});

test('invalid orders are no reason where they are skipped, even when there is no other', () => {
  expect(fileCheckResult(checkOf({ invalid: 3 }), CHECKSUM, 'SKIP_ORDER').reason).toBeUndefined();
});

test('fails when there is an invalid order where a file is taken as a whole: the reason says how many', () => {
  expect(fileCheckResult(checkOf({ valid: 2, invalid: 1 }), CHECKSUM, 'REJECT_FILE').reason).toEqual({
    code: 'INVALID_ORDERS', message: '1 of 3 orders are invalid, and a file is taken as a whole or not at all',
  });
});

test.each(['SKIP_ORDER', 'REJECT_FILE'])('fails when the file could not be read to its end, with that as the reason, under %s', (policy) => {
  const { reason, ...findings } = fileCheckResult(checkOf({ valid: 1, invalid: 1 }, failure), undefined, policy);

  expect(reason).toEqual(failure);
  expect(findings).not.toHaveProperty('checksum');
});
