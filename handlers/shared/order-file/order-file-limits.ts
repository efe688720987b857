import type { CsvFormat } from '../../../src/private/contract';

/** Limits of a file, and the format of CSV. Reading takes memory for one order of `maxOrderSize`; detecting duplicate IDs takes 24 bytes for each of `maxOrders`. */
export interface OrderFileLimits {
  /** Bytes, uncompressed. */
  readonly maxFileSize: number;
  /** Bytes of one order's JSON. */
  readonly maxOrderSize: number;
  readonly maxOrders: number;
  /** How CSV is read. Without it, CSV is refused. */
  readonly csv?: CsvFormat;
}
