import type { FileCheck } from './file-check';
import type { FileCounts, FileCheckResult, FileReason } from './file-record';
import { INVALID_ORDER_POLICY } from '../../../src/private/contract';

/** What a check comes to under a policy for invalid orders. */
export function fileCheckResult(check: FileCheck, checksum: string | undefined, onInvalidOrder: string): FileCheckResult {
  const { counts, errors, failure } = check;
  const isRejected = onInvalidOrder === INVALID_ORDER_POLICY.REJECT_FILE && counts.invalid > 0;
  const reason = failure ?? (isRejected ? invalidOrders(counts) : undefined);
  return { counts, errors, ...(checksum ? { checksum } : {}), ...(reason ? { reason } : {}) };
}

const invalidOrders = ({ invalid, orders }: FileCounts): FileReason => ({
  code: 'INVALID_ORDERS',
  message: `${invalid} of ${orders} orders are invalid, and a file is taken as a whole or not at all`,
});
