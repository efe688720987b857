import { randomInt } from 'node:crypto';
import { hashText } from './hash-text';

/** Numbers per slot: two for the hash of the ID, two for that of the content. */
const SLOT_SIZE = 4;
/** Slots per order. With a third of the slots free, lookups stay short. */
const SLOTS_PER_ORDER = 1.5;

/**
 * An index of the order IDs of a file and their content. Its memory is fixed: 24 bytes for each of `maxOrders`.
 *
 * It stores 64-bit hashes with random seeds. Two of a million IDs have the same hash in about one of 37 million files. The later order is
 * then reported as a conflict, so no order is lost without an error.
 */
export class OrderIdIndex {
  private readonly capacity: number;
  private readonly slots: Uint32Array;
  private readonly seeds = [randomInt(2 ** 32), randomInt(2 ** 32)] as const;
  private count = 0;

  constructor(private readonly maxOrders: number) {
    this.capacity = Math.ceil(maxOrders * SLOTS_PER_ORDER) + 1;
    this.slots = new Uint32Array(this.capacity * SLOT_SIZE);
  }

  /**
   * Adds an order. Two orders with the same ID are repeats if their `content` is equal, and in conflict otherwise.
   *
   * @throws RangeError when the file has more than `maxOrders` order IDs.
   */
  add(orderId: string, content: string): 'new' | 'repeated' | 'conflict' {
    const { slots } = this;
    const [id, idCheck] = hashText(orderId, this.seeds[0]);
    const [body, bodyCheck] = hashText(content, this.seeds[1]);
    let slot = Math.floor((id / 2 ** 32) * this.capacity) * SLOT_SIZE;
    while (slots[slot + 1] !== 0) {
      if (slots[slot] === id && slots[slot + 1] === idCheck) {
        return slots[slot + 2] === body && slots[slot + 3] === bodyCheck ? 'repeated' : 'conflict';
      }
      slot = (slot + SLOT_SIZE) % slots.length;
    }
    if (this.count === this.maxOrders) throw new RangeError(`more than ${this.maxOrders} order ids`);
    this.count++;
    slots.set([id, idCheck, body, bodyCheck], slot);
    return 'new';
  }
}
