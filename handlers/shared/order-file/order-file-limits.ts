/** What a file may be at most. Memory depends on `maxOrderSize` alone. */
export interface OrderFileLimits {
  /** Bytes, uncompressed. */
  readonly maxFileSize: number;
  /** Bytes of one order's JSON. */
  readonly maxOrderSize: number;
  readonly maxOrders: number;
}
