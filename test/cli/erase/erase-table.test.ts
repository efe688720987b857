import { FakeAccount } from './fake-account';
import { erasableModel } from '../../../cli/erase/erasable-model';
import { parseErase } from '../../../cli/erase/erase-command-line';
import { isAbout, planTable } from '../../../cli/erase/erase-table';
import { Eraser } from '../../../cli/erase/eraser';
import type { ErasureRun } from '../../../cli/erase/erasure-run';
import { fromAttributes } from '../../../handlers/aws/attribute-values';
import { samplePipeline } from '../console/sample-console';

/** A run that knows one order of the customer `anna-7`. */
function runWith(account: FakeAccount, hasTenants = false): ErasureRun {
  const model = erasableModel();
  return {
    command: parseErase(['--stack', 'Shop', '--customer', 'anna-7', ...hasTenants ? ['--tenant', 'acme'] : []])!,
    pipeline: samplePipeline({ hasTenants }),
    model,
    aws: account.erasure,
    console: account.console,
    eraser: new Eraser({ customerId: 'anna-7', pseudonym: 'erased-1', customerPath: model.customerPath }, model.fields),
    orders: new Set([hasTenants ? 'acme/a-1' : 'a-1']),
    now: () => new Date(0),
    interruption: new AbortController().signal,
    progress: () => undefined,
  };
}

test('the cause and the answer of a task are erased, and its token stays', async () => {
  const account = new FakeAccount();
  const cause = JSON.stringify({ metadata: { orderId: 'a-1' }, facts: { customerId: 'anna-7', total: 1 } });
  account.add('TasksTable', { orderId: 'a-1', task: 'Ship', token: 'anna-7-token', cause, answer: '{"message":"anna-7 was not at home"}', expiresAt: 1 });
  account.add('TasksTable', { orderId: 'b-1', task: 'Ship', token: 't', cause: '{"facts":{"customerId":"bob"}}', answer: '{"message":"ask anna-7"}' });
  const changes = await planTable('TasksTable', 'tasks table', runWith(account));
  expect(changes.map(({ fields }) => fields)).toEqual([2]);
  expect(await changes[0].apply()).toBe(true);
  const [task, other] = account.table('TasksTable').map((item) => fromAttributes(item));
  expect(task).toMatchObject({ token: 'anna-7-token', cause: cause.replace('anna-7', 'erased-1'), answer: '{"message":"erased"}' });
  expect(other.answer).toBe('{"message":"ask anna-7"}');
});

test('the rejected order of a file has the tenant of the file', async () => {
  const account = new FakeAccount();
  for (const tenant of ['acme', 'globex']) {
    account.add('FilesTable', { fileId: tenant, part: 'FILE', tenant }, { fileId: tenant, part: 'REJECTED#0', orderId: 'a-1', errors: [{ message: 'not anna-7' }] });
  }
  const changes = await planTable('FilesTable', 'files table', runWith(account, true));
  await Promise.all(changes.map(({ apply }) => apply()));
  expect(account.table('FilesTable').map((item) => JSON.stringify(fromAttributes(item).errors)?.includes('anna-7'))).toEqual([undefined, false, undefined, true]);
});

test('an item that changed since it was read is not written', async () => {
  const account = new FakeAccount();
  account.add('TasksTable', { orderId: 'a-1', task: 'Ship', cause: '{"facts":{"customerId":"anna-7"}}' });
  const [change] = await planTable('TasksTable', 'tasks table', runWith(account));
  account.table('TasksTable')[0] = { ...account.table('TasksTable')[0], cause: { S: 'another' } };
  expect(await change.apply()).toBe(false);
});

test.each<[string, object, boolean, boolean]>([
  ['of an order of the customer', { orderId: 'a-1' }, false, true],
  ['of an order of the customer, about a placement of another one', { orderId: 'a-1', payload: '{"facts":{"customerId":"bob"}}' }, false, false],
  ['of another order, about a placement of the customer', { orderId: 'b-1', payload: '{"facts":{"customerId":"anna-7"}}' }, false, true],
  ['of another order', { orderId: 'b-1' }, false, false],
  ['of no order', { fileId: 'f' }, false, false],
  ['of an order of the tenant', { orderKey: 'acme/a-1' }, true, true],
  ['of an order of a tenant that it does not name', { orderId: 'a-1' }, true, false],
  ['of an order of the tenant that it names', { orderId: 'a-1', payload: '{"metadata":{"tenant":"acme"}}' }, true, true],
  ['of an order of another tenant that it names', { orderId: 'a-1', payload: '{"metadata":{"tenant":"globex"},"facts":{"customerId":"anna-7"}}' }, true, false],
  ['of another tenant, with the same customer', { orderKey: 'globex/a-1', payload: '{"facts":{"customerId":"anna-7"}}' }, true, false],
])('an item %s: %j', (_, item, hasTenants, expected) => {
  expect(isAbout(item as Record<string, unknown>, runWith(new FakeAccount(), hasTenants))).toBe(expected);
});
