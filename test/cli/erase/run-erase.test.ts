import { join } from 'node:path';
import { FakeAccount } from './fake-account';
import { erase, eraseJson, placedItem, queueUrl, record } from './sample-erasure';
import { fromAttributes } from '../../../handlers/aws/attribute-values';
import { fromHistoryItem } from '../../../handlers/aws/history-items';
import type { PlacedItem } from '../../../handlers/shared/commands/order-item';
import { eventOfChange } from '../../../handlers/shared/lifecycle/event-of-change';
import { OrderModel, OrderTenants } from '../../../src';
import { sampleOrder } from '../../support/sample-order';
import { OPERATOR } from '../console/sample-console';

const ANNA = {
  customerId: 'anna-7',
  email: 'anna@example.com',
  notes: 'ring at Miller',
  attributes: { gift: 'for Otto' },
  shippingAddress: { name: 'Anna Example', street: ['Bahnhofstrasse 1'], city: 'Bern' },
  billingAddress: { name: 'Anna Example' },
};
const STRINGS = ['anna-7', 'anna@example.com', 'Miller', 'Otto', 'Anna Example', 'Bahnhofstrasse', 'moved away'];
const facts = (customerId: string) => ({ customerId, currency: 'EUR', total: 4129 });

/** An account with an order of Anna and one of Bob, with their history. */
function account(): FakeAccount {
  const fake = new FakeAccount();
  for (const [orderId, person] of [['a-1', ANNA], ['b-1', { customerId: 'bob', email: 'bob@example.com' }]] as const) {
    const order = sampleOrder({ orderId, ...person });
    fake.add('OrdersTable', placedItem(orderId, order));
    record(fake, orderId, 'OrderValidated', 1, { order }, facts(person.customerId));
    record(fake, orderId, 'OrderConfirmed', 1, { order, status: 'CONFIRMED' }, facts(person.customerId));
    record(fake, orderId, 'OrderChangeRequested', 2, { patch: { notes: `old ${person.email}`, email: person.email } });
  }
  return fake;
}

const orderOf = (fake: FakeAccount, orderId: string) => fake.order('OrdersTable', orderId) as PlacedItem;
const eventsOf = (fake: FakeAccount, orderId: string) => fake.table('HistoryTable').filter((item) => item.orderId.S === orderId).map(fromHistoryItem);

describe('without --execute', () => {
  test('the command counts what it would erase, names the fields and what it does not reach, and changes nothing', async () => {
    const fake = account();
    const before = fake.everything();
    const { printed, status } = await erase(fake, ' --customer anna-7');
    expect(status).toBe(0);
    expect(printed).toMatch(/orders table +1 orders +7 +to erase/);
    expect(printed).toMatch(/history table +3 events +\d+ +to erase/);
    expect(printed).toContain('/customerId, /email, /shippingAddress, /billingAddress, /notes, /attributes');
    expect(printed).toMatch(/archive of the bus: archiveRetention, 30 days/);
    expect(printed).toContain('Add --execute');
    expect(fake.everything()).toBe(before);
  });

  test('an unknown customer has nothing', async () => {
    expect((await erase(account(), ' --customer guest-0')).printed).toContain('Nothing was found.');
  });
});

describe('with --execute', () => {
  test('the order and its history have nothing of the customer, and keep everything else', async () => {
    const fake = account();
    const bob = [orderOf(fake, 'b-1'), eventsOf(fake, 'b-1')];
    const { result, status } = await eraseJson(fake, ' --customer anna-7 --execute');
    expect([status, result.complete]).toEqual([0, true]);
    STRINGS.forEach((text) => expect(fake.everything()).not.toContain(text));
    const { order, customerId, currency, total, customerShard, status: state, version, revision } = orderOf(fake, 'a-1');
    expect(order).toEqual(sampleOrder({ orderId: 'a-1', customerId }));
    expect({ currency, total, state, version, revision }).toEqual({ currency: 'EUR', total: 4129, state: 'CONFIRMED', version: 1, revision: 2 });
    expect(customerId).toMatch(/^erased-[0-9a-f]{32}$/);
    expect(customerShard).toMatch(new RegExp(`^${customerId}#\\d$`));
    expect(eventsOf(fake, 'a-1').map(({ type, facts: of }) => [type, (of as { customerId?: string } | undefined)?.customerId]))
      .toEqual(expect.arrayContaining([['OrderValidated', customerId], ['OrderConfirmed', customerId]]));
    expect([orderOf(fake, 'b-1'), eventsOf(fake, 'b-1')]).toEqual(bob);
  });

  test('the history records who erased it, without personal data', async () => {
    const fake = account();
    await erase(fake, ' --customer anna-7 --execute');
    const [erased, ...more] = eventsOf(fake, 'a-1').filter(({ type }) => type === 'OrderErased');
    expect(more).toEqual([]);
    expect(erased).toMatchObject({ data: { erasedBy: OPERATOR, fields: expect.any(Number) }, metadata: { correlationId: expect.stringMatching(/^console:.*bob:/) } });
    expect(erased.expiresAt).toBe(Math.floor(Date.parse(erased.occurredAt) / 1000) + 400 * 86_400);
    expect(Object.keys(erased.data as object)).toEqual(['erasedBy', 'fields']);
  });

  test('the write publishes no event, and drops the outcome of the write before', async () => {
    const fake = new FakeAccount();
    const outcome = {
      type: 'OrderCancelled', commandId: 'c', correlationId: 'c', causationId: 'c', channel: 'api', sequence: 2, at: '2026-02-01T12:00:00.000Z', data: { reason: 'moved away' },
    };
    fake.add('OrdersTable', placedItem('a-1', sampleOrder({ orderId: 'a-1', ...ANNA }), { status: 'CANCELLED', cancellation: { reason: 'moved away' }, outcome }));
    const before = orderOf(fake, 'a-1');
    await erase(fake, ' --customer anna-7 --execute');
    const after = orderOf(fake, 'a-1');
    expect(after.outcome).toBeUndefined();
    expect(eventOfChange(before, after)).toBeUndefined();
    expect(after).toMatchObject({ cancellation: { reason: 'erased' } });
  });

  test('a fact stays that is also in a personal field', async () => {
    const fake = new FakeAccount();
    const order = sampleOrder({ orderId: 'a-1', customerId: 'anna-7', salesChannel: 'web', attributes: { source: 'web' }, notes: 'EUR' });
    fake.add('OrdersTable', placedItem('a-1', order, { salesChannel: 'web' }));
    record(fake, 'a-1', 'OrderConfirmed', 1, { order }, { ...facts('anna-7'), salesChannel: 'web' });
    await erase(fake, ' --customer anna-7 --execute');
    expect(orderOf(fake, 'a-1')).toMatchObject({ salesChannel: 'web', currency: 'EUR', order: { salesChannel: 'web' } });
    expect(eventsOf(fake, 'a-1')[0].facts).toMatchObject({ salesChannel: 'web', currency: 'EUR' });
  });

  test('the second run finds nothing', async () => {
    const fake = account();
    await erase(fake, ' --customer anna-7 --execute');
    const before = fake.everything();
    const { found, status } = await eraseJson(fake, ' --customer anna-7 --execute');
    expect([found, status]).toEqual([{}, 0]);
    expect(fake.everything()).toBe(before);
  });

  test('a run finds what commands under way brought to an order that was erased, and keeps its pseudonym', async () => {
    const fake = account();
    await erase(fake, ' --customer anna-7 --execute');
    const { customerId, order, ...item } = orderOf(fake, 'a-1');
    fake.table('OrdersTable').shift();
    fake.add('OrdersTable', { ...item, customerId, order: { ...order, email: 'anna@example.com' }, version: 2, revision: 3 });
    record(fake, 'a-1', 'OrderChanged', 3, { order: { ...order, email: 'anna@example.com' } }, facts(customerId!));
    record(fake, 'a-1', 'OrderChangeRequested', 3, { patch: { email: 'anna@example.com' } });
    const { found } = await eraseJson(fake, ' --customer anna-7 --execute');
    expect(found).toEqual({ 'orders table': 1, 'history table': 2 });
    expect(fake.everything()).not.toContain('anna@example.com');
    expect(orderOf(fake, 'a-1')).toMatchObject({ customerId, version: 2, revision: 4 });
  });

  test('an order that is written meanwhile keeps what was written', async () => {
    const fake = account();
    fake.beforeWrite = () => {
      fake.beforeWrite = () => undefined;
      const { order, ...item } = orderOf(fake, 'a-1');
      fake.table('OrdersTable').shift();
      fake.add('OrdersTable', { ...item, order: { ...order, tags: ['gift'], notes: 'Otto again' }, version: 2, revision: 2 });
    };
    expect((await eraseJson(fake, ' --customer anna-7 --execute')).status).toBe(0);
    expect(orderOf(fake, 'a-1')).toMatchObject({ version: 2, revision: 3, order: { tags: ['gift'] } });
    STRINGS.forEach((text) => expect(fake.everything()).not.toContain(text));
  });

  test('an order that is written all the time is reported as incomplete', async () => {
    const fake = account();
    fake.beforeWrite = () => {
      const { revision, ...item } = orderOf(fake, 'a-1');
      fake.table('OrdersTable').splice(fake.table('OrdersTable').findIndex(({ orderId }) => orderId.S === 'a-1'), 1);
      fake.add('OrdersTable', { ...item, revision: revision + 1 });
    };
    expect(await eraseJson(fake, ' --customer anna-7 --execute')).toMatchObject({ status: 3, result: { complete: false } });
  });

  test('a rejected order and pending commands have nothing of the customer; the pending placement of another customer stays', async () => {
    const fake = new FakeAccount();
    const pendingOf = (person: object) => {
      const order = sampleOrder({ orderId: 'p-1', ...person });
      return { type: 'PlaceOrder', commandId: 'c', correlationId: 'c', causationId: 'c', channel: 'api', until: 2e9, data: { order, facts: facts(String(order.customerId)), fingerprint: 'f' } };
    };
    fake.add('OrdersTable', {
      orderId: 'r-1',
      status: 'REJECTED',
      version: 0,
      revision: 1,
      sequence: 1,
      ...facts('anna-7'),
      visibleUntil: 2e9,
      createdAt: 'x',
      updatedAt: 'x',
      rejection: { code: 'REJECTED_BY_HOOK', reason: 'no', errors: [{ path: '/email', code: 'BLOCKED', message: 'anna-7 is blocked' }] },
    });
    const bob = pendingOf({ customerId: 'bob' });
    fake.add('OrdersTable', { orderId: 'p-1', status: 'AWAITED', version: 0, revision: 2, sequence: 0, pending: { 2: pendingOf(ANNA), 3: bob } });
    await erase(fake, ' --customer anna-7 --execute');
    STRINGS.forEach((text) => expect(fake.everything()).not.toContain(text));
    expect(orderOf(fake, 'p-1').pending).toMatchObject({ 2: { data: { fingerprint: 'erased' } }, 3: bob });
  });

  test('an event of the customer in the history of the order of another one is erased, and the others are not', async () => {
    const fake = account();
    record(fake, 'b-1', 'OrderValidated', 3, { order: sampleOrder({ orderId: 'b-1', ...ANNA }) }, facts('anna-7'));
    await erase(fake, ' --customer anna-7 --execute');
    STRINGS.forEach((text) => expect(fake.everything()).not.toContain(text));
    expect(JSON.stringify(eventsOf(fake, 'b-1'))).toContain('old bob@example.com');
  });
});

describe('other places', () => {
  test('results of the hook, rejected orders of files, deliveries and tasks are erased, and binary attributes stay', async () => {
    const fake = account();
    const event = { type: 'OrderConfirmed', metadata: { orderId: 'a-1' }, facts: facts('anna-7'), data: { order: sampleOrder(ANNA) } };
    fake.add('SequenceTable', { orderId: 'a-1', sequence: 1, commandId: 'c', at: 'x', hookResult: [{ path: '', code: 'BLOCKED', message: 'anna@example.com is blocked' }] });
    fake.add('FilesTable', { fileId: 'f', part: 'REJECTED#00000000', index: 0, orderId: 'a-1', code: 'X', reason: 'x', errors: [{ path: '/notes', code: 'X', message: 'not Anna Example' }] });
    fake.table('FilesTable').push({ fileId: { S: 'f' }, part: { S: 'OUTCOMES#0' }, outcomes: { M: { CONFIRMED: { B: new Uint8Array([1]) } } } });
    const props = () => ({ webhooks: {} });
    fake.add('DeliveriesTable', { itemKey: 'w#e', part: 'EVENT#e', webhookId: 'w', eventId: 'e', orderId: 'a-1', orderKey: 'a-1', payload: JSON.stringify(event), status: 'DELIVERED' });
    const { found, status } = await eraseJson(fake, ' --customer anna-7 --execute', 'webhooks', props);
    expect(found).toMatchObject({ 'sequence table': 1, 'files table': 1, 'deliveries table': 1 });
    expect(status).toBe(0);
    STRINGS.forEach((text) => expect(fake.everything()).not.toContain(text));
    expect(JSON.parse(fromAttributes(fake.table('DeliveriesTable')[0]).payload as string)).toMatchObject({ data: { order: { currency: 'EUR' } }, facts: { total: 4129 } });
    expect(fake.table('FilesTable')[1].outcomes.M!.CONFIRMED.B).toEqual(new Uint8Array([1]));
    expect((await eraseJson(fake, ' --customer anna-7', 'webhooks', props)).found).toEqual({});
  });

  test('dead letters of the customer are deleted, and those of others stay', async () => {
    const fake = account();
    const [orders, changes] = [await queueUrl('IngestOrdersDeadLetterQueue'), await queueUrl('ProcessorProcessingDeadLetterQueue')];
    const place = (orderId: string, person: object) => ({ commandType: 'PlaceOrder', orderId, commandId: orderId, payload: sampleOrder({ orderId, ...person }) });
    fake.send(orders, place('a-2', ANNA));
    fake.send(orders, place('b-2', { customerId: 'bob' }));
    fake.send(changes, { 'detail-type': 'OrderValidated', 'detail': { metadata: { orderId: 'a-3' }, facts: facts('anna-7'), data: {} } });
    fake.send(changes, { dynamodb: { Keys: { orderId: { S: 'a-4' } }, NewImage: { orderId: { S: 'a-4' }, customerId: { S: 'anna-7' } } } });
    fake.send(changes, { commandType: 'ChangeOrder', orderId: 'a-1', payload: { patch: { email: 'new@example.com' } } });
    fake.send(changes, { commandType: 'ChangeOrder', orderId: 'b-1', payload: { patch: { email: 'new@example.com' } } });
    fake.send(changes, 'not JSON');
    expect((await eraseJson(fake, ' --customer anna-7')).found).toMatchObject({ 'dead-letter queue orders': 1, 'dead-letter queue processing': 3 });
    expect((await eraseJson(fake, ' --customer anna-7 --execute')).status).toBe(0);
    expect([...fake.queues.values()].flat().map(({ body }) => /b-[12]|not JSON/.exec(body)?.[0])).toEqual(['b-2', 'b-1', 'not JSON']);
  });

  test('files that name the customer are listed with their versions, and deleted with --delete-files, unless they are processed', async () => {
    const fake = account();
    fake.upload('incoming/a.ndjson', '{"customerId":"anna-7"}', '1');
    fake.upload('incoming/a.ndjson', '{"customerId":"anna-77"}\n{"customerId":"x-anna-7"}', '2');
    fake.upload('incoming/b.csv.gz', 'customer\nanna-7\n', '3');
    fake.upload('incoming/c.csv', 'anna-7', '4');
    fake.add('FilesTable', { fileId: 'f', part: 'FILE', key: 'incoming/c.csv', versionId: '4', state: 'EXTRACTING' });
    const listed = await eraseJson(fake, ' --customer anna-7 --execute');
    expect(listed.result.places.at(-1)).toMatchObject({ found: 3, action: 'list', note: expect.stringContaining('incoming/a.ndjson (version 1), incoming/b.csv.gz (version 3)') });
    expect(listed.status).toBe(0);
    expect(fake.files).toHaveLength(4);
    expect(await eraseJson(fake, ' --customer anna-7 --execute --delete-files')).toMatchObject({ status: 3 });
    expect(fake.files.map(({ versionId }) => versionId)).toEqual(['2', '4']);
    expect((await eraseJson(fake, ' --customer anna-7 --skip-files')).result.places.at(-1)).toMatchObject({ found: 0, note: expect.stringContaining('not searched') });
  });
});

describe('in a pipeline with tenants', () => {
  const props = () => ({ tenants: OrderTenants.apiKeys({ tenant: 'acme' }, { tenant: 'globex' }), fileIngest: false });

  test('only the orders of the tenant are erased', async () => {
    const fake = new FakeAccount();
    for (const tenant of ['acme', 'globex']) {
      fake.add('OrdersTable', placedItem(`${tenant}/a-1`, sampleOrder({ orderId: 'a-1', ...ANNA })));
      record(fake, `${tenant}/a-1`, 'OrderConfirmed', 1, { order: sampleOrder(ANNA) }, facts('anna-7'));
    }
    expect((await eraseJson(fake, ' --customer anna-7 --tenant acme --execute', 'tenants', props)).found).toEqual({ 'orders table': 1, 'history table': 1 });
    expect(JSON.stringify([orderOf(fake, 'acme/a-1'), eventsOf(fake, 'acme/a-1')])).not.toContain('anna');
    expect(orderOf(fake, 'globex/a-1').order).toEqual(sampleOrder({ orderId: 'a-1', ...ANNA }));
  });

  test('the tenant is required, and refused without tenants', async () => {
    expect(await erase(new FakeAccount(), ' --customer a', 'tenants', props)).toMatchObject({ status: 2, errors: expect.stringContaining('--tenant is required') });
    expect(await erase(new FakeAccount(), ' --customer a --tenant acme')).toMatchObject({ status: 2, errors: expect.stringContaining('has no tenants') });
  });
});

describe('in a pipeline with a model of its own', () => {
  const path = join(__dirname, '../../../examples/own-order-model/order.schema.json');
  const pointers = { orderId: '/number', customerId: '/buyer/id', currency: '/amounts/currency', total: '/amounts/gross' };
  const props = () => ({ orderModel: OrderModel.fromJsonSchema(path, pointers), fileIngest: false });

  test('the ID of the customer is replaced by another integer, and the fields that the schema marks are removed', async () => {
    const fake = new FakeAccount();
    const order = { number: 'W-000042', buyer: { id: 70_042, contact: 'Anna' }, lines: [{ article: 'tulip', buckets: 1 }], amounts: { currency: 'EUR', gross: '1.00' } };
    fake.add('OrdersTable', placedItem('W-000042', order, { customerId: '70042' }));
    record(fake, 'W-000042', 'OrderConfirmed', 1, { order }, { customerId: '70042' });
    const { result, found } = await eraseJson(fake, ' --customer 70042 --execute', 'own', props);
    expect(result.personalFields).toEqual(['/buyer/id', '/buyer/contact']);
    expect(found).toEqual({ 'orders table': 1, 'history table': 1 });
    const { order: erased, customerId } = orderOf(fake, 'W-000042');
    expect(erased).toEqual({ ...order, buyer: { id: Number(customerId) } });
    expect(fake.everything()).not.toMatch(/70042|Anna/);
    expect((await eraseJson(fake, ' --customer 70042 --execute', 'own', props)).found).toEqual({});
  });

  test('nothing is changed when a field cannot be erased', async () => {
    const fake = new FakeAccount();
    fake.add('OrdersTable', placedItem('W-1', { number: 'W-000042', buyer: { id: 7 }, amounts: { currency: 'EUR', gross: '1.00' } }, { customerId: '7' }));
    const before = fake.everything();
    const { status, errors } = await erase(fake, ' --customer 7 --execute --field /amounts', 'own', props);
    expect([status, errors]).toEqual([1, expect.stringContaining('/amounts/currency must stay in an order, and no neutral value meets its schema')]);
    expect(fake.everything()).toBe(before);
  });
});
