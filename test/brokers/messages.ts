import type { Message } from './broker';
import type { Random } from '../support/random';
import { sampleOrder } from '../support/sample-order';

/** Messages of every kind, and how many of each there are. */
export interface Messages {
  readonly all: readonly Message[];
  readonly orders: number;
  readonly repeated: number;
  readonly wrong: number;
  readonly poison: number;
}

const POISON: readonly ((index: number) => Buffer)[] = [
  (index) => Buffer.from(`no JSON ${index}`),
  (index) => Buffer.from(JSON.stringify({ heartbeat: index })),
  (index) => Buffer.from([0x7b, 0xff, 0xfe, index % 256, Math.floor(index / 256), 0x7d]),
  (index) => Buffer.from(`"${index}"`),
  (index) => Buffer.from(JSON.stringify({ ...sampleOrder({}), orderId: `not an ID ${index}` })),
];

/** Makes messages: most are orders, and some of these occur twice; the others are wrong orders and poison. */
export function makeMessages(count: number, source: string, random: Random): Messages {
  const counts = { orders: 0, repeated: 0, wrong: 0, poison: 0 };
  const placed: Message[] = [];
  const all = Array.from({ length: count }, (_, index): Message => {
    const orderId = `${source}-${index}`;
    const kind = random.next();
    const own = (value: Buffer): Message => ({ id: `${source}-message-${index}`, orderId, value });
    if (kind < 0.05) {
      counts.poison++;
      return own(POISON[index % POISON.length](index));
    }
    if (kind < 0.1) {
      counts.wrong++;
      return own(Buffer.from(JSON.stringify({ ...sampleOrder({ orderId }), items: [] })));
    }
    if (kind < 0.15 && placed.length > 0) {
      counts.repeated++;
      return { ...random.pick(placed), id: `${source}-message-${index}` };
    }
    counts.orders++;
    const order = own(Buffer.from(JSON.stringify(sampleOrder({ orderId }))));
    placed.push(order);
    return order;
  });
  return { all, ...counts };
}
