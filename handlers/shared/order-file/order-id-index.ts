import { randomInt } from 'node:crypto';
import { hashText } from './hash-text';

/** Numbers for each order: two of its id's hash, two of its content's. */
const WIDTH = 4;
/** Places for each order: with a third of them free, looking for one is short. */
const ROOM = 1.5;

/**
 * Which order ids a file had so far, and with what content. Its memory is fixed: 24 bytes for each order that is allowed.
 *
 * It keeps 64-bit hashes, seeded anew each time. That two of a million ids have the same one happens once in about 37 million
 * files; the later order is then taken for a clash, and nothing is lost unnoticed.
 */
export class OrderIdIndex {
  private readonly capacity: number;
  private readonly slots: Uint32Array;
  private readonly seeds = [randomInt(2 ** 32), randomInt(2 ** 32)] as const;
  private count = 0;

  constructor(private readonly maxOrders: number) {
    this.capacity = Math.ceil(maxOrders * ROOM) + 1;
    this.slots = new Uint32Array(this.capacity * WIDTH);
  }

  /**
   * Remembers an order. `content` tells whether two orders are the same: a hash, or the bytes themselves.
   *
   * @throws RangeError when there are more ids than `maxOrders`.
   */
  add(orderId: string, content: string): 'new' | 'repeated' | 'clash' {
    const { slots } = this;
    const [id, idCheck] = hashText(orderId, this.seeds[0]);
    const [body, bodyCheck] = hashText(content, this.seeds[1]);
    let slot = Math.floor((id / 2 ** 32) * this.capacity) * WIDTH;
    while (slots[slot + 1] !== 0) {
      if (slots[slot] === id && slots[slot + 1] === idCheck) {
        return slots[slot + 2] === body && slots[slot + 3] === bodyCheck ? 'repeated' : 'clash';
      }
      slot = (slot + WIDTH) % slots.length;
    }
    if (this.count === this.maxOrders) throw new RangeError(`more than ${this.maxOrders} order ids`);
    this.count++;
    slots.set([id, idCheck, body, bodyCheck], slot);
    return 'new';
  }
}
