import { decideAndPublish, PoisonMessage, type OrderEvent } from '#shared';
import { orderRejected, orderValidated } from '../../support/sample-messages';

const validated = orderValidated({ orderId: 'order-1' });
const rejected = orderRejected({ orderId: 'order-2' });
const refused = new Error('PutEvents: InternalFailure');
const poison = new PoisonMessage('the body is not JSON');

/** What each record of the batch leads to. */
const DECISIONS = new Map<object, OrderEvent | undefined>();
const record = (event?: OrderEvent): object => {
  const made = {};
  DECISIONS.set(made, event);
  return made;
};
const broken = {};

const decide = (one: object): OrderEvent | undefined => {
  if (one === broken) throw poison;
  return DECISIONS.get(one);
};

test('all events of a batch are published at once, in order, before any record is consumed', async () => {
  const publish = jest.fn(async () => new Map());
  await decideAndPublish([record(validated), record(), record(rejected)], decide, publish);

  expect(publish.mock.calls).toEqual([[[validated, rejected]]]);
});

test('a record is consumed with what became of it', async () => {
  const [first, second, third] = [record(validated), record(rejected), record()];
  const consume = await decideAndPublish([first, second, third], decide, async () => new Map());

  expect(await consume(first)).toEqual({ outcome: 'OrderValidated', orderId: 'order-1', commandId: 'command-1', correlationId: 'correlation-1' });
  expect(await consume(second)).toMatchObject({ outcome: 'OrderRejected', orderId: 'order-2', reason: 'INVALID_ORDER' });
  expect(await consume(third)).toEqual({ outcome: 'NothingToSay' });
});

test('fails when the event of a record could not be published, and only then', async () => {
  const [first, second] = [record(validated), record(rejected)];
  const consume = await decideAndPublish([first, second], decide, async () => new Map([[validated as OrderEvent, refused]]));

  await expect(consume(first)).rejects.toBe(refused);
  await expect(consume(second)).resolves.toMatchObject({ outcome: 'OrderRejected' });
});

test('fails when a record could not be decided, and the others are published all the same', async () => {
  const publish = jest.fn(async () => new Map());
  const good = record(validated);
  const consume = await decideAndPublish([broken, good], decide, publish);

  await expect(consume(broken)).rejects.toBe(poison);
  await expect(consume(good)).resolves.toMatchObject({ outcome: 'OrderValidated' });
  expect(publish.mock.calls).toEqual([[[validated]]]);
});
