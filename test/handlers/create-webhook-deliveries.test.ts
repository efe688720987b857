import '../support/handler-env';
import type * as module from '../../handlers/create-webhook-deliveries';
import { handler } from '../../handlers/create-webhook-deliveries';
import { loggedText } from '../support/captured-logs';
import { loadHandler } from '../support/load-handler';
import { sampleWebhook } from '../support/sample-webhooks';
import { failed } from '../support/sqs-event';
import { WebhookSystem } from '../support/webhook-system';

let system: WebhookSystem;
beforeEach(() => { system = new WebhookSystem(); });

const busEvent = (metadata: object = {}, facts: object = { currency: 'EUR', total: 100 }) => ({
  'id': 'eb-1',
  'time': new Date().toISOString(),
  'detail-type': 'OrderConfirmed',
  'detail': { metadata: { eventId: 'event-1', eventType: 'OrderConfirmed', orderId: 'order-1', sequence: 1, version: 1, ...metadata }, facts, data: { order: { notes: 'canary' } } },
});
const seed = (changes: Parameters<typeof sampleWebhook>[0]) => {
  const webhook = sampleWebhook(changes);
  system.tables.items.set(`webhooks-table|${webhook.owner}|${webhook.webhookId}`, { ...webhook });
};
const receiversOf = () => system.deliveries.map(({ webhookId }) => webhookId);

test('an event is one delivery and one message for each webhook that receives it', async () => {
  seed({ webhookId: 'wh_1' });
  seed({ webhookId: 'wh_2', eventTypes: ['OrderConfirmed'], ordered: true });
  seed({ webhookId: 'wh_3', eventTypes: ['OrderRejected'] });
  seed({ webhookId: 'wh_4', enabled: false });
  expect(await WebhookSystem.invoke(handler, [busEvent()])).toEqual(failed());
  expect(system.deliveries).toMatchObject([
    { webhookId: 'wh_1', eventId: 'event-1', status: 'PENDING', attemptCount: 0, orderId: 'order-1', url: 'https://example.com/webhooks' },
    { webhookId: 'wh_2', eventId: 'event-1', orderKey: 'order-1' },
  ]);
  expect(system.deliveries[0]).not.toHaveProperty('orderKey');
  expect(system.sent.deliveries).toEqual([
    { body: JSON.stringify({ owner: '*', webhookId: 'wh_1' }), delay: 0, group: 'wh_1' }, { body: JSON.stringify({ owner: '*', webhookId: 'wh_2' }), delay: 3, group: 'wh_2' },
  ]);
  const due = system.tables.itemsOf('deliveries-table').filter(({ part }) => String(part).startsWith('due#'));
  expect(due).toHaveLength(2);
  expect(due[0]).not.toHaveProperty('payload');
});

test('the same event again is not another delivery, and its messages are sent again: they may be missing', async () => {
  seed({});
  await WebhookSystem.invoke(handler, [busEvent()]);
  await WebhookSystem.invoke(handler, [busEvent()]);
  expect([system.deliveries.length, system.sent.deliveries.length]).toEqual([1, 2]);
});

test('a webhook of a tenant receives the events of the tenant only', async () => {
  seed({ owner: 'acme', webhookId: 'wh_acme' });
  seed({ owner: 'globex', webhookId: 'wh_globex' });
  seed({ owner: '*', webhookId: 'wh_none' });
  await WebhookSystem.invoke(handler, [busEvent({ tenant: 'acme' })]);
  expect(receiversOf()).toEqual(['wh_acme']);
  expect(system.deliveries[0]).toMatchObject({ owner: 'acme', orderId: 'order-1' });
});

test('webhooks of the props receive the events of all tenants, or of those that they name, unless they are disabled', async () => {
  const endpoints = [{ webhookId: 'erp', url: 'https://erp.example.com' }, { webhookId: 'acme', url: 'https://acme.example.com', tenants: ['acme'] }, { webhookId: 'off', url: 'https://off.example.com' }];
  const { handler: own } = loadHandler<typeof module>('create-webhook-deliveries', { WEBHOOK_ENDPOINTS: JSON.stringify(endpoints) });
  system.tables.items.set('webhooks-table|#|off', { owner: '#', webhookId: 'off', enabled: false });
  await WebhookSystem.invoke(own, [busEvent({ tenant: 'acme' }), busEvent({ tenant: 'globex', eventId: 'event-2' })]);
  expect(system.deliveries.map(({ webhookId, eventId, owner }) => [webhookId, eventId, owner])).toEqual([['erp', 'event-1', '#'], ['acme', 'event-1', '#'], ['erp', 'event-2', '#']]);
});

test('an event that cannot be read goes to the dead-letter queue, and one whose delivery cannot be stored is retried', async () => {
  seed({});
  expect(await WebhookSystem.invoke(handler, ['no event'])).toEqual(failed());
  expect(system.sent.deadLetters).toMatchObject([{ body: 'no event' }]);
  system.tables.failure = (command) => { if (command === 'TransactWriteItemsCommand') throw new Error('throttled'); };
  expect(await WebhookSystem.invoke(handler, [busEvent()])).toEqual(failed('m-0'));
  expect(system.sent.deliveries).toEqual([]);
});

test('logs have the order, not its contents or the receiver', async () => {
  seed({});
  await WebhookSystem.invoke(handler, [busEvent()]);
  expect(loggedText()).toContain('order-1');
  expect(loggedText()).not.toMatch(/canary|example\.com/);
});
