/* eslint-disable no-bitwise -- one bit per order */

/** The indexes of a file's valid orders, with one bit per order, so that extraction need not validate the orders again. */
export class OrderSelection {
  private bits: Buffer;

  constructor(bits: Uint8Array = Buffer.alloc(1024)) {
    this.bits = Buffer.from(bits);
  }

  /** Selects the order with this index in the file. */
  add(index: number): void {
    while (index >> 3 >= this.bits.length) this.bits = Buffer.concat([this.bits, Buffer.alloc(this.bits.length)]);
    this.bits[index >> 3] |= 1 << (index & 7);
  }

  /** Returns whether the order is selected. */
  has(index: number): boolean {
    return (this.bits[index >> 3] & (1 << (index & 7))) !== 0;
  }

  /** Returns the selection as bytes, for storage. */
  toBytes(): Buffer {
    return this.bits;
  }
}
