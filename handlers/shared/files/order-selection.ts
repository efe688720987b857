/* eslint-disable no-bitwise -- a bit for each order */

/** Which orders of a file are to be sent: a bit for each, so that extraction need not judge again what was judged. */
export class OrderSelection {
  private bits: Buffer;

  constructor(bits: Uint8Array = Buffer.alloc(1024)) {
    this.bits = Buffer.from(bits);
  }

  /** Marks an order, by its index in the file, as one to send. */
  send(index: number): void {
    while (index >> 3 >= this.bits.length) this.bits = Buffer.concat([this.bits, Buffer.alloc(this.bits.length)]);
    this.bits[index >> 3] |= 1 << (index & 7);
  }

  /** Whether an order is to be sent. */
  sends(index: number): boolean {
    return (this.bits[index >> 3] & (1 << (index & 7))) !== 0;
  }

  /** The bits, to be kept. */
  toBytes(): Buffer {
    return this.bits;
  }
}
