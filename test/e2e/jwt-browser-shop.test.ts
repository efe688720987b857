import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { localUrl } from '../../cli/try/find-pipeline';
import { startChromium } from '../support/chromium';
import { CognitoUsers, type UserTokens } from '../support/cognito-users';
import { deployExample } from '../support/deploy-example';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { OrdersApi } from '../support/orders-api';
import { LOCAL_DIR } from '../support/python-tool';
import { ShopPage } from '../support/shop-page';
import { StaticSite } from '../support/static-site';

const PASSWORD = 'Correct-horse-1';
const SITE = join(__dirname, '..', '..', 'examples', 'jwt-browser-shop', 'site');

describe('the example of a page whose customers sign in, in Chromium and on a local AWS', () => {
  let local: LocalAws;
  let site: StaticSite;
  let browser: Browser;
  let anonymous: OrdersApi;
  let ada: UserTokens;
  let grace: UserTokens;
  let page: ShopPage;

  beforeAll(async () => {
    local = await startLocalAws();
    site = await StaticSite.start(SITE);
    const outputs = await deployExample('jwt-browser-shop', 'JwtBrowserShop', local, { siteOrigin: site.origin });
    anonymous = OrdersApi.with(local, outputs, {});
    // What the stack returns, with the addresses of the local AWS.
    const config = JSON.parse(outputs.SiteConfig);
    expect(config.cognitoUrl).toBe('https://cognito-idp.us-east-1.amazonaws.com/');
    site.add('config.json', JSON.stringify({ ...config, apiUrl: localUrl(config.apiUrl, local.endpoint), cognitoUrl: `${local.endpoint}/` }));
    const users = new CognitoUsers(local, outputs.UserPoolId);
    ada = await users.create(config.clientId, 'ada', PASSWORD);
    grace = await users.create(config.clientId, 'grace', PASSWORD);
    await users.create(config.clientId, 'olga', PASSWORD, 'operators');
    browser = await startChromium();
  }, 300_000);
  beforeEach(async () => {
    page = await ShopPage.open(browser, site.origin);
  });
  afterEach(async () => {
    expect(page.errors).toEqual([]);
    await page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await local?.stop();
  });

  const signIn = async (username: string): Promise<void> => {
    await page.signIn(username, PASSWORD);
    await page.waitForUser(username);
  };

  /** Places an order as ada, and returns its ID. */
  const placeOrderOfAda = async (note: string): Promise<string> => {
    await signIn('ada');
    await page.placeOrder('Filters, 100 pieces', 1, note);
    return (await page.waitForStatus('CONFIRMED')).orderId;
  };

  test('a wrong password is refused', async () => {
    await page.signIn('ada', 'Wrong-horse-1');
    expect(await page.error()).toBe('Incorrect username or password.');
  });

  test('a customer signs in, places an order, follows it to CONFIRMED and cancels it', async () => {
    await signIn('ada');
    await page.placeOrder('Coffee, 1 kg', 2, 'ground, please');
    const { orderId, contents } = await page.waitForStatus('CONFIRMED');
    expect(contents).toBe('2 × Coffee, 1 kg (ground, please)');
    expect(await page.listWith(orderId)).toEqual([expect.stringContaining('CONFIRMED')]);
    const stored = await anonymous.as(ada.IdToken).get(orderId);
    expect(stored.body).toMatchObject({ status: 'CONFIRMED', customerId: subOf(ada), order: { items: [{ article: 'COFFEE-1KG', quantity: 2 }] } });
    await page.screenshot(join(LOCAL_DIR, 'jwt-browser-shop.png'));

    await page.cancelOrder();
    await page.waitForStatus('CANCELLED');
    expect((await anonymous.as(ada.IdToken).get(orderId)).body.status).toBe('CANCELLED');
  });

  test('an order that breaks the rules is refused with the reasons', async () => {
    await signIn('ada');
    await page.placeOrder('Grinder', 21, '');
    expect(await page.error()).toBe('Quantity must be at most 20');
    expect(await page.showsOrder()).toBe(false);
  });

  test('a rejected order is shown with the reasons', async () => {
    await signIn('ada');
    const errors = [{ path: '/items/0/article', code: 'SOLD_OUT', message: 'is sold out' }];
    await page.respond('rejected-1', { orderId: 'rejected-1', status: 'REJECTED', version: 0, rejection: { code: 'REJECTED_BY_HOOK', reason: 'not accepted', errors } });
    await page.showOrder('rejected-1');
    await page.waitForStatus('REJECTED: not accepted Article is sold out');
  });

  test('the order of another customer does not exist: it is not shown, not listed, not changed and not cancelled', async () => {
    const orderId = await placeOrderOfAda('a secret');
    await page.signOut();
    await signIn('grace');
    expect(await page.list()).toEqual([]);
    await page.showOrder(orderId);
    const refusal = await page.error();
    expect(refusal).toContain('the order does not exist');
    expect(await page.showsOrder()).toBe(false);
    await page.showOrder('never-placed');
    expect(await page.error()).toBe(refusal);

    for (const token of [grace.IdToken, grace.AccessToken]) {
      const stranger = anonymous.as(token);
      expect((await stranger.get(orderId)).status).toBe(404);
      expect((await stranger.patch(orderId, { note: 'mine' })).status).toBe(404);
      expect((await stranger.cancel(orderId, { reason: 'mine' })).status).toBe(404);
      expect((await stranger.request(`/orders/${orderId}/events`, {})).status).toBe(404);
      expect((await stranger.request(`/orders?customerId=${subOf(ada)}`, {})).status).toBe(403);
      expect((await stranger.post({ customerId: subOf(ada), items: [{ article: 'GRINDER', quantity: 1 }] })).status).toBe(403);
    }
    const { body } = await anonymous.as(ada.AccessToken).get(orderId);
    expect(body).toMatchObject({ status: 'CONFIRMED', version: 1, order: { note: 'a secret' } });
  });

  test('an operator sees the orders of all customers, and their texts as text', async () => {
    const note = '<img src="x" onerror="throw new Error(1)">';
    const orderId = await placeOrderOfAda(note);
    await page.signOut();
    await signIn('olga');
    await page.listWith(orderId);
    await page.showOrder(orderId);
    expect((await page.waitForStatus('CONFIRMED')).contents).toBe(`1 × Filters, 100 pieces (${note})`);
  });

  test('a request without a token is answered with 401', async () => {
    for (const response of [
      await anonymous.get('any'), await anonymous.request('/orders', {}), await anonymous.post({ items: [{ article: 'GRINDER', quantity: 1 }] }),
      await anonymous.patch('any', { note: 'mine' }), await anonymous.cancel('any', { reason: 'mine' }),
    ]) expect(response.status).toBe(401);
  });
});

/** The claim `sub` of a user. */
const subOf = ({ IdToken }: UserTokens): string => JSON.parse(Buffer.from(IdToken.split('.')[1], 'base64url').toString()).sub;
