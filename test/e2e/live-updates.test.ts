import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Browser } from 'playwright-core';
import { eventually } from '../../cli/local/system/eventually';
import { localUrl } from '../../cli/try/find-pipeline';
import { mapAtMost } from '../../handlers/shared/messaging/map-at-most';
import { startChromium } from '../support/chromium';
import { clientConfig } from '../support/client-config';
import { CognitoUsers, type UserTokens } from '../support/cognito-users';
import { CutProxy } from '../support/cut-proxy';
import { deployExample } from '../support/deploy-example';
import { DeployedFiles } from '../support/deployed-files';
import { LiveClient, type ReceivedMessage } from '../support/live-client';
import { LivePage } from '../support/live-page';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { OrdersApi } from '../support/orders-api';
import { LOCAL_DIR } from '../support/python-tool';
import { sampleOrder } from '../support/sample-order';
import { StaticSite } from '../support/static-site';

const PASSWORD = 'Correct-horse-1';
const SITE = join(__dirname, '..', '..', 'examples', 'live-updates', 'site');
/** The number of connections to one order. */
const CONNECTIONS = Number(process.env.LIVE_CONNECTIONS ?? 20);

/** The address of a WebSocket API on a local AWS. */
const localSocketUrl = (url: string, endpoint: string): string => localUrl(url.replace(/^wss:/, 'https:'), endpoint).replace(/^http:/, 'ws:');

const bearer = ({ AccessToken }: UserTokens) => ({ subprotocols: ['order-updates.v1', `bearer.${AccessToken}`] });

let local: LocalAws;
beforeAll(async () => (local = await startLocalAws()), 120_000);
afterAll(() => local?.stop());

describe('the example of live updates, in Chromium and on a local AWS', () => {
  let site: StaticSite;
  let browser: Browser;
  let proxy: CutProxy;
  let api: OrdersApi;
  let ada: UserTokens;
  let grace: UserTokens;
  let page: LivePage;
  let url: string;
  beforeAll(async () => {
    site = await StaticSite.start(SITE);
    proxy = await CutProxy.start(local.endpoint);
    const outputs = await deployExample('live-updates', 'LiveUpdates', local, { siteOrigin: site.origin });
    const config = JSON.parse(outputs.SiteConfig);
    url = localSocketUrl(config.liveUpdatesUrl, local.endpoint);
    site.add('config.json', JSON.stringify({
      ...config,
      apiUrl: localUrl(config.apiUrl, local.endpoint),
      liveUpdatesUrl: localSocketUrl(config.liveUpdatesUrl, `http://127.0.0.1:${proxy.port}`),
      cognitoUrl: `${local.endpoint}/`,
    }));
    const users = new CognitoUsers(local, outputs.UserPoolId);
    ada = await users.create(config.clientId, 'ada', PASSWORD);
    grace = await users.create(config.clientId, 'grace', PASSWORD);
    api = OrdersApi.with(local, outputs, {}).as(ada.AccessToken);
    browser = await startChromium();
  }, 300_000);
  beforeEach(async () => {
    proxy.restore();
    page = await LivePage.open(browser, site.origin);
  });
  afterEach(async () => {
    expect(page.errors).toEqual([]);
    await page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.stop();
    await site?.stop();
  });

  test('shows the states of an order as they happen', async () => {
    await page.signIn('ada', PASSWORD);
    const orderId = await page.placeOrder();
    await page.waitForStatus('CONFIRMED', 1);
    await page.eventsWith('OrderConfirmed');
    await api.patch(orderId, { notes: 'gift' }, { 'If-Match': '"1"' });
    await page.waitForStatus('CONFIRMED', 2);
    await api.cancel(orderId, { reason: 'changed my mind' });
    await page.waitForStatus('CANCELLED', 3);
    for (const type of ['OrderConfirmed', 'OrderChanged', 'OrderCancelled']) await page.eventsWith(type);
    await page.screenshot(join(LOCAL_DIR, 'live-updates.png'));
  });

  test('misses nothing when the connection is cut', async () => {
    await page.signIn('ada', PASSWORD);
    const orderId = await page.placeOrder();
    await page.waitForStatus('CONFIRMED', 1);
    await page.eventsWith('OrderConfirmed');
    expect(proxy.connections).toBeGreaterThan(0);
    proxy.cut();
    await api.patch(orderId, { notes: 'gift' });
    await api.cancel(orderId, { reason: 'changed my mind' });
    await eventually('the cancellation', async () => (await api.get(orderId)).body.status === 'CANCELLED' || undefined);
    expect(await page.events()).not.toContain('OrderChanged');
    proxy.restore();
    await page.waitForStatus('CANCELLED', 3);
    // The page has them once, in whatever sequence they arrive.
    for (const type of ['OrderChangeRequested', 'OrderChanged', 'OrderCancellationRequested', 'OrderCancelled']) await page.eventsWith(type);
    const events = await page.events();
    expect(new Set(events).size).toBe(events.length);
  });

  test('refuses the order of another customer in the same way as one that does not exist', async () => {
    const { body: { orderId } } = await api.post(orderOfCustomer());
    await eventually('the order', async () => (await api.get(orderId)).status === 200 || undefined);
    await page.signIn('grace', PASSWORD);
    await page.watch(orderId);
    const refusal = await page.error();
    expect(refusal).toContain('the order does not exist');
    expect(await page.showsOrder()).toBe(false);

    const stranger = await LiveClient.open(url, bearer(grace));
    const answers = [await stranger.subscribe({ orderId }), await stranger.subscribe({ orderId: 'never-placed' })];
    const [refused, unknown] = answers.map(({ correlationId, orderId: id, ...answer }) => answer);
    expect(refused).toEqual(unknown);
    expect(refused).toMatchObject({ type: 'error', code: 'order-not-found' });
    // A client that awaits an order learns nothing of another customer's either.
    expect(await stranger.subscribe({ orderId, awaited: true })).toMatchObject({ type: 'subscribed', state: null });
    const own = await LiveClient.open(url, bearer(ada));
    await own.subscribe({ orderId });
    await api.cancel(orderId, { reason: 'changed my mind' });
    await own.event('OrderCancelled');
    expect(await stranger.subscribe({ customerId: subOf(ada) })).toMatchObject({ type: 'error', code: 'other-customer' });
    expect(stranger.eventTypes).toEqual([]);
    await Promise.all([stranger.close(), own.close()]);
  });

  test('a customer gets the events of all of their orders', async () => {
    const client = await LiveClient.open(url, bearer(ada));
    expect(client.subprotocol).toBe('order-updates.v1');
    expect(await client.subscribe({ customerId: subOf(ada) })).toMatchObject({ type: 'subscribed', state: { items: expect.any(Array) } });
    const { body: { orderId } } = await api.post(orderOfCustomer());
    expect((await client.event('OrderConfirmed')).event).toMatchObject({ orderId, version: 1, data: { status: 'CONFIRMED' } });
    await client.close();
  });

  test('refuses connections without a valid token', async () => {
    const forged = `${ada.AccessToken.slice(0, -4)}AAAA`;
    for (const credentials of [{}, { headers: { Authorization: `Bearer ${forged}` } }, { subprotocols: ['order-updates.v1', `bearer.${forged}`] }]) {
      await expect(LiveClient.open(url, credentials)).rejects.toThrow('403');
    }
    const client = await LiveClient.open(url, { headers: { Authorization: `Bearer ${ada.AccessToken}` } });
    await client.close();
  });

  test('answers wrong messages with what is wrong', async () => {
    const client = await LiveClient.open(url, bearer(ada));
    const problem = (message: object | string): Promise<ReceivedMessage> => client.request(message, 'error');
    expect(await problem('{')).toMatchObject({ code: 'invalid-message', errors: [{ code: 'INVALID_JSON' }] });
    expect(await problem({ action: 'buy' })).toMatchObject({ code: 'invalid-message', errors: [{ path: '/action', code: 'UNKNOWN_ACTION' }] });
    expect(await problem({ action: 'subscribe' })).toMatchObject({ code: 'invalid-message', errors: [{ code: 'REQUIRED' }] });
    expect(await problem({ action: 'unsubscribe', orderId: 'o-1' })).toMatchObject({ code: 'not-subscribed' });
    expect(await client.request({ action: 'ping', requestId: 'p-1' }, 'pong')).toEqual({ type: 'pong', requestId: 'p-1' });
    await client.close();
  });
});

describe('live updates of tenants with API keys, on a local AWS', () => {
  let outputs: Record<string, string>;
  /** By the name of their key. */
  let [acme, globex, support]: OrdersApi[] = [];
  let url: string;
  beforeAll(async () => {
    outputs = await deployExample(join(__dirname, 'live-updates'), 'TenantsLive', local);
    url = localSocketUrl(outputs.OrdersLiveUpdatesUrl, local.endpoint);
    acme = await OrdersApi.of(local, outputs);
    [globex, support] = await Promise.all(['GlobexKeyId', 'SupportKeyId'].map((output) => OrdersApi.withKey(local, outputs, outputs[output])));
  }, 300_000);

  const open = (api: OrdersApi, query = ''): Promise<LiveClient> => LiveClient.open(`${url}${query}`, { headers: { 'x-api-key': api.apiKey } });

  test('the order of another tenant does not exist, and its events do not arrive', async () => {
    const [own, other, operator] = [await open(acme), await open(globex), await open(support, '?tenant=acme')];
    expect(await own.subscribe({ orderId: 'o-1', awaited: true })).toMatchObject({ state: null });
    await acme.post(sampleOrder({ orderId: 'o-1' }));
    expect((await own.event('OrderConfirmed')).event).toMatchObject({ tenant: 'acme', orderId: 'o-1' });
    expect(await other.subscribe({ orderId: 'o-1' })).toMatchObject({ type: 'error', code: 'order-not-found' });
    await other.subscribe({ orderId: 'o-1', awaited: true });
    expect(await operator.subscribe({ orderId: 'o-1' })).toMatchObject({ type: 'subscribed', state: { tenant: 'acme', status: 'CONFIRMED', version: 1 } });
    await acme.cancel('o-1', { reason: 'sold out' });
    await Promise.all([own, operator].map((client) => client.event('OrderCancelled')));
    expect(other.eventTypes).toEqual([]);
    await Promise.all([own, other, operator].map((client) => client.close()));
    await expect(LiveClient.open(url, { headers: { 'x-api-key': 'guessed' } })).rejects.toThrow('403');
  });

  test('the progress of a file arrives', async () => {
    const files = DeployedFiles.of(local, outputs, acme);
    const orders = Array.from({ length: 50 }, (_, index) => sampleOrder({ orderId: `file-${index}` }));
    await files.upload('acme/live.json', JSON.stringify(orders));
    const [{ fileId }] = await files.waitForState('acme/live.json', 'COMPLETED');
    const [client, other] = [await open(acme), await open(globex)];
    expect(await other.subscribe({ fileId })).toMatchObject({ type: 'error', code: 'file-not-found' });
    const { state } = await client.subscribe({ fileId });
    expect(state).toMatchObject({ fileId, tenant: 'acme', state: 'COMPLETED', sent: 50 });
    expect((await client.event('OrderFileProcessed')).event).toMatchObject({ fileId, tenant: 'acme', data: { outcomes: { confirmed: 50 } } });
    await Promise.all([client, other].map((each) => each.close()));
  });

  test(`${CONNECTIONS} connections get the events of one order`, async () => {
    await acme.post(sampleOrder({ orderId: 'o-many' }));
    await eventually('the order', async () => (await acme.get('o-many')).status === 200 || undefined);
    const started = Date.now();
    const clients = await mapAtMost(20, Array.from({ length: CONNECTIONS }), async () => {
      const client = await open(acme);
      expect(await client.subscribe({ orderId: 'o-many' })).toMatchObject({ state: { status: 'CONFIRMED' } });
      return client;
    });
    const connected = Date.now();
    await acme.cancel('o-many', { reason: 'sold out' });
    await eventually('the cancellation', async () => (await acme.get('o-many')).body.status === 'CANCELLED' || undefined);
    const cancelled = Date.now();
    await Promise.all(clients.map((client) => client.event('OrderCancelled', 30 + CONNECTIONS / 4)));
    process.stdout.write(`${CONNECTIONS} connections: subscribed after ${connected - started} ms, cancelled after ${cancelled - connected} ms, all informed `
      + `${Date.now() - cancelled} ms later\n`);
    await mapAtMost(20, clients, (client) => client.close());
  }, 600_000);

  test('connections that were closed are deleted with their subscriptions', async () => {
    const table = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig(local)));
    await eventually('a table without connections', async () => {
      const { Items = [] } = await table.send(new ScanCommand({ TableName: outputs.LiveTableName, ConsistentRead: true }));
      return Items.every(({ entry }) => entry === 'WATCHED' || entry.startsWith('EVENT#')) || undefined;
    }, 300);
  }, 300_000);
});

/** The claim `sub` of a user. */
const subOf = ({ AccessToken }: UserTokens): string => JSON.parse(Buffer.from(AccessToken.split('.')[1], 'base64url').toString()).sub;

/** The pipeline assigns the IDs of orders and of their customer. */
function orderOfCustomer(): object {
  const { orderId, customerId, ...order } = sampleOrder() as Record<string, unknown>;
  return order;
}
