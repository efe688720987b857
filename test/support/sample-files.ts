import type { CheckedFile, FileRecord } from '../../handlers/shared/files';
import type { RawOrder } from '../../handlers/shared/order-file';

/** When the sample file was uploaded. */
export const FILE_TIME = '2026-01-31T12:00:00.000Z';

/** A valid file ID. */
export const fileIdOf = (n: number): string => n.toString(16).padStart(32, '0');

/** A file that was just uploaded. */
export const receivedFile = (changes: Partial<FileRecord> = {}): FileRecord => ({
  fileId: fileIdOf(1),
  bucket: 'files',
  key: 'incoming/orders.json',
  etag: 'etag-1',
  size: 100,
  uploadedBy: 'AWS:AROAEXAMPLE:shop',
  uploadedAt: FILE_TIME,
  state: 'RECEIVED',
  receivedAt: FILE_TIME,
  limits: { maxFileSize: 1024 ** 3, maxOrderSize: 128 * 1024, maxOrders: 1_000_000 },
  onExistingOrder: 'REJECT',
  expiresAt: Date.parse('2099-01-01T00:00:00Z') / 1000,
  ...changes,
});

/** A file that was checked and is valid. */
export const checkedFile = (changes: Partial<CheckedFile> = {}): CheckedFile => ({
  ...receivedFile(),
  state: 'VALIDATED',
  validatedAt: '2026-01-31T12:00:01.000Z',
  counts: { orders: 3, valid: 3, repeated: 0, invalid: 0 },
  errors: [],
  notified: false,
  ...changes,
});

/** An order as returned by the file reader. */
export const rawOrder = (order: object, index = 0): RawOrder => ({ index, line: index + 1, offset: 0, bytes: Buffer.from(JSON.stringify(order)) });
