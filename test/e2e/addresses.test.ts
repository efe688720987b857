import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { eventually } from '../../cli/local/system/eventually';
import { findPipeline } from '../../cli/try/find-pipeline';
import { clientConfig } from '../support/client-config';
import { deployExample } from '../support/deploy-example';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { OrdersApi } from '../support/orders-api';
import { sampleOrder } from '../support/sample-order';

/** A response of an API at its own domain name. */
interface DomainResponse {
  readonly status: number | undefined;
  readonly body: Record<string, unknown>;
}

/** Sends a request to the local AWS by the domain name in the header `Host`: the names of the test have no records, and `fetch` cannot set the header. */
async function send({ endpoint }: LocalAws, url: string, apiKey: string, order?: object): Promise<DomainResponse> {
  const { host, pathname } = new URL(url);
  const headers = { 'Host': host, 'x-api-key': apiKey, ...(order ? { 'Content-Type': 'application/json' } : {}) };
  const sent = request(new URL(pathname, endpoint), { method: order ? 'POST' : 'GET', headers }).end(order && JSON.stringify(order));
  const [response] = await once(sent, 'response') as [IncomingMessage];
  return { status: response.statusCode, body: await json(response) as DomainResponse['body'] };
}

/*
 * The local AWS sends other paths than AWS in events of custom domain names, and has no private APIs. So `order-location.test.ts` has the paths of AWS, and the
 * other tests of addresses check templates.
 */
describe('the addresses of an API, on a local AWS', () => {
  let local: LocalAws;
  beforeAll(async () => {
    local = await startLocalAws();
  }, 300_000);
  afterAll(() => local?.stop());

  const deploy = (stackName: string) => deployExample(join(__dirname, 'addresses'), stackName, local);

  test.each([
    ['a REST API, by functions in a VPC', 'RestDomain', 'https://rest.example.com/shop/v1'],
    ['an HTTP API', 'HttpDomain', 'https://http.example.com/shop'],
  ])('an order is placed and read at a custom domain name with a base path of %s', async (_, stackName, expected) => {
    const { url, apiKey } = findPipeline(stackName, { status: 'CREATE_COMPLETE', outputs: await deploy(stackName) }, 'Orders');
    expect(url).toBe(expected);
    const key = apiKey && await new APIGatewayClient(clientConfig(local)).send(new GetApiKeyCommand({ apiKey: apiKey.id, includeValue: true }));
    const accepted = await send(local, `${url}/orders`, key?.value ?? '', sampleOrder({ orderId: 'order-1' }));
    expect([accepted.status, accepted.body.status]).toEqual([202, 'RECEIVED']);
    await eventually('the confirmed order', async () =>
      (await send(local, `${url}/orders/order-1`, key?.value ?? '')).body.status === 'CONFIRMED' || undefined);
  });

  test('an order is placed, changed and read at the API of the app, with its location', async () => {
    const api = await OrdersApi.of(local, await deploy('ExistingApi'));
    const accepted = await api.post(sampleOrder({ orderId: 'order-1' }));
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('location')).toMatch(/\/prod\/orders\/order-1$/);
    await eventually('the confirmed order', async () => (await api.get('order-1')).body.status === 'CONFIRMED' || undefined);
    expect((await api.patch('order-1', { notes: 'ring twice' })).status).toBe(202);
    await eventually('the changed order', async () => (await api.get('order-1')).body.version === 2 || undefined);
    expect((await api.request('/orders/order-1', { method: 'DELETE' })).status).toBe(405);
    expect((await api.request('/orders/order-1', { headers: { 'x-api-key': '' } })).status).toBe(403);
  });
});
