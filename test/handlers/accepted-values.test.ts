import '../support/handler-env';
import * as fc from 'fast-check';
import { ValueHash } from '#shared';
import { handler as receiveOrder } from '../../handlers/receive-order';
import { handler as receiveOrderChange } from '../../handlers/receive-order-change';
import { orderMessages, validateFileOrder } from '../../handlers/shared/files';
import { acceptedOrder, acceptedPatch, attributes, shippingAddress, SPECIAL_KEYS } from '../support/accepted-values';
import { postOrder } from '../support/api-request';
import { askOf } from '../support/command-endpoint';
import { OrderJourney } from '../support/order-journey';
import { receivedFile, rawOrder } from '../support/sample-files';
import { sampleOrder } from '../support/sample-order';

type Fields = Record<string, unknown>;

const RUNS = { numRuns: 60 };

/** JSON whose keys are sorted, which compares own keys only. */
const sorted = (value: unknown): string => JSON.stringify(value, (_, each: unknown) =>
  (typeof each === 'object' && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1))) : each));

/** RFC 7396, for the fields of an order. */
const patched = (order: Fields, patch: Fields): Fields => Object.fromEntries(Object.entries({ ...order, ...patch }).flatMap(([field, value]) => {
  if (!(field in patch) || typeof value !== 'object' || value === null) return value === null ? [] : [[field, value]];
  const kept = Object.entries((order[field] ?? {}) as Fields).filter(([key]) => !Object.hasOwn(value, key));
  return [[field, Object.fromEntries([...kept, ...Object.entries(value).filter(([, entry]) => entry !== null)])]];
}));

async function expectOrder(journey: OrderJourney, expected: Fields, type: string): Promise<void> {
  expect(sorted((await journey.order()).order)).toBe(sorted(expected));
  const event = await journey.recordedEvent();
  expect(event.type).toBe(type);
  expect(sorted(event.data.order)).toBe(sorted(expected));
}

describe('an accepted order is stored, published, recorded and returned as it was sent', () => {
  test('over the API', async () => {
    await fc.assert(fc.asyncProperty(acceptedOrder, async (order) => {
      const journey = new OrderJourney();
      await journey.request(receiveOrder, postOrder({ ...order, orderId: 'order-1' }));
      await expectOrder(journey, { ...order, orderId: 'order-1' }, 'OrderConfirmed');
    }), RUNS);
  });

  test('in a file', async () => {
    await fc.assert(fc.asyncProperty(acceptedOrder, async (order) => {
      const raw = rawOrder({ ...order, orderId: 'order-1' });
      expect(validateFileOrder(raw, 'ndjson', new ValueHash(0)).errors).toBeUndefined();
      const journey = new OrderJourney();
      await journey.command(orderMessages(receivedFile())(raw).MessageBody!);
      await expectOrder(journey, { ...order, orderId: 'order-1' }, 'OrderConfirmed');
    }), RUNS);
  });

  test.each(SPECIAL_KEYS)('with the key %j', async (key) => {
    const order = sampleOrder({ orderId: 'order-1', shippingAddress: { [key]: key }, attributes: { [key]: key } });
    const journey = new OrderJourney();
    await journey.request(receiveOrder, postOrder(order));
    await expectOrder(journey, order, 'OrderConfirmed');
  });
});

describe('an accepted change is applied, published, recorded and returned as it was sent', () => {
  const order = fc.record({ shippingAddress, attributes }, { requiredKeys: [] }).map((fields) => sampleOrder({ orderId: 'order-1', ...fields }));
  const change = fc.tuple(order, acceptedPatch)
    .map(([before, patch]) => ({ before, patch, after: patched(before, patch) }))
    .filter(({ before, after }) => sorted(before) !== sorted(after))
    .filter(({ after }) => Buffer.byteLength(JSON.stringify(after.attributes ?? {})) <= 8 * 1024);

  test('over the API', async () => {
    await fc.assert(fc.asyncProperty(change, async ({ before, patch, after }) => {
      const journey = new OrderJourney();
      await journey.request(receiveOrder, postOrder(before));
      await journey.request(receiveOrderChange, askOf(patch));
      await expectOrder(journey, after, 'OrderChanged');
    }), RUNS);
  });

  test('on the bus', async () => {
    await fc.assert(fc.asyncProperty(change, async ({ before, patch, after }) => {
      const journey = new OrderJourney();
      await journey.request(receiveOrder, postOrder(before));
      await journey.deliver({ type: 'OrderChangeRequested', detail: JSON.stringify({ metadata: { orderId: 'order-1' }, data: { patch } }) });
      await expectOrder(journey, after, 'OrderChanged');
    }), RUNS);
  });

  test('also while it is pending for its order', async () => {
    await fc.assert(fc.asyncProperty(change, async ({ before, patch, after }) => {
      const journey = new OrderJourney();
      await journey.deliver({ type: 'OrderChangeRequested', detail: JSON.stringify({ metadata: { orderId: 'order-1' }, data: { patch } }) });
      await journey.request(receiveOrder, postOrder(before));
      expect(sorted((await journey.order()).order)).toBe(sorted(after));
    }), RUNS);
  });
});

test('fails with 400 when a key is __proto__, which JavaScript does not keep', async () => {
  expect(await receiveOrder(postOrder('{"attributes":{"__proto__":"a"}}'))).toMatchObject({
    statusCode: 400, body: expect.stringContaining('"path":"/attributes/__proto__","code":"FORBIDDEN_KEY"'),
  });
});
