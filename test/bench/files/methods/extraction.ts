/** All that extraction does with an order but for sending it. */
import { hash } from 'node:crypto';
import { checkOrderRules } from '../../../../handlers/shared/check-order-rules';
import { checkOrderShape } from '../../../../handlers/shared/check-order-shape';
import { parseRawOrder, type OrderFileFormat, type RawOrder } from '../../../../handlers/shared/order-file';
import { measure } from '../measure';
import { readOurs } from '../read-ours';

const BATCH = 10;

/** The body of one order's message: the order's own text within the envelope, not written anew. */
function bodyOf(raw: RawOrder, format: OrderFileFormat): string {
  const parsed = parseRawOrder(raw, format);
  if (parsed.errors) throw new Error(`order ${raw.index}: ${JSON.stringify(parsed.errors)}`);
  const shape = checkOrderShape(parsed.value);
  if (shape.errors) throw new Error(`order ${raw.index}: ${JSON.stringify(shape.errors)}`);
  const rules = checkOrderRules(shape.order);
  if (rules.errors) throw new Error(`order ${raw.index}: ${JSON.stringify(rules.errors)}`);
  const { orderId } = rules.order;
  const content = hash('sha256', raw.bytes, 'base64url');
  return `{"commandType":"PlaceOrder","commandId":"${content.slice(0, 26)}","orderId":"${orderId}","channel":"file","payload":${raw.bytes.toString()}}`;
}

void measure((path) => {
  let batch: string[] = [];
  let sent = 0;
  return {
    run: async () => {
      const read = await readOurs(path, (orders, format) => {
        for (const raw of orders) {
          batch.push(bodyOf(raw, format));
          if (batch.length < BATCH) continue;
          sent += batch.length;
          batch = [];
        }
      });
      if (sent + batch.length !== read.orders) throw new Error('orders were lost');
      return read;
    },
  };
});
