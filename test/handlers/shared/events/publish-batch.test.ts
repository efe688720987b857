import { PoisonMessage, publishBatch, type OrderEvent, type Publish, type Result } from '#shared';
import { orderRejected, orderValidated } from '../../../support/sample-messages';

const validated = orderValidated({ orderId: 'order-1' });
const rejected = orderRejected({ orderId: 'order-2' });
const poison = new PoisonMessage('the body is not JSON');

/** A record and what it leads to. */
interface Fake {
  readonly leadsTo?: OrderEvent | Error;
}

const publishAll = (records: readonly Fake[], publish: Publish<OrderEvent>) => publishBatch(
  new Map(records.map((record): [Fake, Result<OrderEvent | undefined>] =>
    [record, record.leadsTo instanceof Error ? { error: record.leadsTo } : { value: record.leadsTo }])),
  publish,
);

const publishing = () => jest.fn(async () => new Map<OrderEvent, Error>());

test('all events of a batch are published at once, in order, before any record is consumed', async () => {
  const publish = publishing();
  await publishAll([{ leadsTo: validated }, {}, { leadsTo: rejected }], publish);

  expect(publish.mock.calls).toEqual([[[validated, rejected]]]);
});

test('a record is consumed with what became of it', async () => {
  const records: Fake[] = [{ leadsTo: validated }, { leadsTo: rejected }, {}];
  const consume = await publishAll(records, publishing());

  expect(await consume(records[0])).toEqual({ outcome: 'OrderValidated', orderId: 'order-1', commandId: 'command-1', correlationId: 'correlation-1' });
  expect(await consume(records[1])).toMatchObject({ outcome: 'OrderRejected', orderId: 'order-2', reason: 'INVALID_ORDER' });
  expect(await consume(records[2])).toEqual({ outcome: 'NothingToPublish' });
});

test('fails when the event of a record could not be published, and only then', async () => {
  const refused = new Error('PutEvents: InternalFailure');
  const records: Fake[] = [{ leadsTo: validated }, { leadsTo: rejected }];
  const consume = await publishAll(records, async () => new Map([[validated as OrderEvent, refused]]));

  await expect(consume(records[0])).rejects.toBe(refused);
  await expect(consume(records[1])).resolves.toMatchObject({ outcome: 'OrderRejected' });
});

test('fails when a record could not be decided, and the others are published all the same', async () => {
  const publish = publishing();
  const records: Fake[] = [{ leadsTo: poison }, { leadsTo: validated }];
  const consume = await publishAll(records, publish);

  await expect(consume(records[0])).rejects.toBe(poison);
  await expect(consume(records[1])).resolves.toMatchObject({ outcome: 'OrderValidated' });
  expect(publish.mock.calls).toEqual([[[validated]]]);
});
