import { FakeAccount } from './fake-account';
import { eraseJson, placedItem, queueUrl, record } from './sample-erasure';
import { Random } from '../../support/random';
import { sampleOrder } from '../../support/sample-order';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const ROUNDS = 40;

/** A person with random texts in some of the personal fields, which contain a word that nothing else has. */
function person(random: Random, word: string): Record<string, unknown> {
  const text = () => `${random.pick(['', 'x ', '"', '\\', 'é', '{', '[1'])}${word}${random.below(1e6)}${random.pick(['', ' y', '"', '\n', '}'])}`;
  const address = () => ({ name: text(), street: [text(), text()], [`k${random.below(9)}`]: text() });
  const fields = {
    email: `${word}${random.below(99)}@example.com`, notes: text(), shippingAddress: address(), billingAddress: address(), attributes: { a: [{ b: text() }], c: text() },
  };
  return Object.fromEntries(Object.entries(fields).filter(() => random.chance(0.7)));
}

async function fill(account: FakeAccount, random: Random, customerId: string, word: string, orders: number, prefix: string): Promise<void> {
  const url = await queueUrl('IngestOrdersDeadLetterQueue');
  const facts = { customerId, currency: 'EUR', total: 4129 };
  for (let index = 0; index < orders; index++) {
    const orderId = `${prefix}-${index}`;
    const orderOf = () => sampleOrder({ orderId, customerId, ...person(random, word) });
    const patchOf = () => person(random, word);
    const anyText = () => `the value ${String(patchOf().notes ?? customerId)} is wrong`;
    const [order, changed] = [orderOf(), orderOf()];
    const cancellation = { reason: `moved: ${word}` };
    const pending = { 7: { type: 'ChangeOrder', commandId: 'c', correlationId: 'c', causationId: 'c', channel: 'api', until: 2e9, data: { patch: patchOf() } } };
    account.add('OrdersTable', placedItem(orderId, changed, { ...(random.chance(0.5) ? { pending } : {}), ...(random.chance(0.3) ? { status: 'CANCELLED', cancellation } : {}) }));
    record(account, orderId, 'OrderValidated', 1, { order }, facts);
    record(account, orderId, 'OrderConfirmed', 1, { order, status: 'CONFIRMED' }, facts);
    record(account, orderId, 'OrderChangeRequested', 2, { patch: patchOf() });
    record(account, orderId, 'OrderChanged', 2, { order: changed, status: 'CONFIRMED' }, facts);
    record(account, orderId, 'OrderCancellationRequested', 3, cancellation);
    record(account, orderId, 'OrderChangeRefused', 4, { code: 'INVALID_COMMAND', reason: 'x', errors: [{ path: '/notes', code: 'X', message: `not ${String(changed.notes ?? customerId)}` }] }, facts);
    account.add('SequenceTable', { orderId, sequence: 1, hookResult: [{ path: '', code: 'X', message: `blocked: ${customerId}` }] });
    if (random.chance(0.3)) account.send(url, { commandType: 'ChangeOrder', orderId, payload: { patch: { notes: anyText() } } }, orderId);
    if (random.chance(0.3)) account.send(url, { commandType: 'PlaceOrder', orderId: `${orderId}-new`, payload: orderOf() }, orderId);
    if (random.chance(0.3)) account.upload(`incoming/${orderId}.json`, JSON.stringify([order]));
  }
}

test(`nothing of a customer stays, whatever their orders are, and others are as before (SEED=${SEED})`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const random = new Random(SEED + round);
    const [account, others] = [new FakeAccount(), new FakeAccount()];
    for (const each of [account, others]) await fill(each, new Random(SEED + round), 'bob-the-other', 'Bobword', 1 + random.below(1), 'b');
    await fill(account, random, 'anna-the-first', 'Annaword', 1 + random.below(4), 'a');
    await eraseJson(account, ' --customer anna-the-first --execute --delete-files');
    const stored = account.everything();
    expect([round, /.{40}(?:Annaword|anna-the-first).{40}/s.exec(stored)?.[0]]).toEqual([round, undefined]);
    for (const table of ['OrdersTable', 'HistoryTable', 'SequenceTable']) {
      expect(account.table(table).filter((item) => item.orderId.S!.startsWith('b-'))).toEqual(others.table(table));
    }
    expect((await eraseJson(account, ' --customer anna-the-first --execute --delete-files')).found).toEqual({});
    expect(account.everything()).toBe(stored);
  }
}, 120_000);
