/** What a file may be at most. Reading one takes memory for an order of `maxOrderSize`; remembering its ids takes 24 bytes for each of `maxOrders`. */
export interface OrderFileLimits {
  /** Bytes, uncompressed. */
  readonly maxFileSize: number;
  /** Bytes of one order's JSON. */
  readonly maxOrderSize: number;
  readonly maxOrders: number;
}
