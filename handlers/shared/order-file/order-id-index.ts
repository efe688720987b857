import { randomInt } from 'node:crypto';
import { ValueHash } from '../json/value-hash';

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
  private readonly id = new ValueHash(randomInt(2 ** 32));
  private count = 0;

  constructor(private readonly maxOrders: number) {
    this.capacity = Math.ceil(maxOrders * SLOTS_PER_ORDER) + 1;
    this.slots = new Uint32Array(this.capacity * SLOT_SIZE);
  }

  /**
   * Adds an order. Two orders with the same ID are repeats if their `content` has the same hash, and in conflict otherwise.
   *
   * @throws RangeError when the file has more than `maxOrders` order IDs.
   */
  add(orderId: string, content: Pick<ValueHash, 'one' | 'two'>): 'new' | 'repeated' | 'conflict' {
    const { slots, id } = this;
    id.hash(orderId);
    let slot = Math.floor((id.one / 2 ** 32) * this.capacity) * SLOT_SIZE;
    while (slots[slot + 1] !== 0) {
      if (slots[slot] === id.one && slots[slot + 1] === id.two) {
        return slots[slot + 2] === content.one && slots[slot + 3] === content.two ? 'repeated' : 'conflict';
      }
      slot = (slot + SLOT_SIZE) % slots.length;
    }
    if (this.count === this.maxOrders) throw new RangeError(`more than ${this.maxOrders} order ids`);
    this.count++;
    slots[slot] = id.one;
    slots[slot + 1] = id.two;
    slots[slot + 2] = content.one;
    slots[slot + 3] = content.two;
    return 'new';
  }
}
