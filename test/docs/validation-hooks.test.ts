import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { readHookResponse, type HookRequest } from '../../handlers/shared/validation/validation-hook';

type Hook = (request: HookRequest) => Promise<unknown>;

const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'validation-hooks.md'), 'utf8');

/** Loads a hook from the guide, as Lambda would from a file. */
function loadHook(name: string, load: (module: string) => unknown = createRequire(__filename)): Hook {
  const [, code] = new RegExp(`<!-- hook: ${name} -->\n\`\`\`js\n([\\s\\S]*?)\n\`\`\``).exec(guide)!;
  const exported: { handler?: Hook } = {};
  runInThisContext(`(function (exports, require, process) {${code}\n})`)(exported, load, process);
  return exported.handler!;
}

const order = (orderId: string, total: number, ...items: { sku: string; quantity: number; unitPrice: number }[]) =>
  ({ orderId, customerId: 'customer-1', currency: 'EUR', total, order: { orderId, customerId: 'customer-1', currency: 'EUR', items } });

/** Calls a hook, and reads its response as validate-order does. */
async function callHook(hook: Hook, ...orders: ReturnType<typeof order>[]) {
  const response = await hook({ orders } as unknown as HookRequest);
  return readHookResponse(Buffer.from(JSON.stringify(response)), orders.length);
}

describe('the hook that compares prices with a catalog', () => {
  const dynamoDb = mockClient(DynamoDBDocumentClient);
  // The modules of this test, in which the client is mocked.
  const modules: Record<string, unknown> = { '@aws-sdk/client-dynamodb': { DynamoDBClient }, '@aws-sdk/lib-dynamodb': { BatchGetCommand, DynamoDBDocumentClient } };
  const item = (sku: string, unitPrice: number) => ({ sku, quantity: 1, unitPrice });
  let hook: Hook;

  beforeEach(() => {
    process.env.PRODUCTS_TABLE = 'products';
    process.env.AWS_REGION = 'eu-central-1';
    dynamoDb.reset();
    hook = loadHook('prices', (name) => modules[name]);
  });

  test('accepts orders at the prices of the catalog', async () => {
    dynamoDb.on(BatchGetCommand).resolves({ Responses: { products: [{ sku: 'mug', price: 1250 }] } });
    expect(await callHook(hook, order('order-1', 1250, item('mug', 1250)))).toEqual([[]]);
  });

  test('rejects orders with other prices and unknown products, with the path of each error', async () => {
    dynamoDb.on(BatchGetCommand).resolves({ Responses: { products: [{ sku: 'mug', price: 1250 }] } });
    expect(await callHook(hook, order('order-1', 1250, item('mug', 1250)), order('order-2', 900, item('mug', 1), item('tea', 899)))).toEqual([[], [
      { path: '/items/0/unitPrice', code: 'WRONG_PRICE', message: 'must be 1250' }, { path: '/items/1/sku', code: 'NOT_SOLD', message: 'tea is not sold' },
    ]]);
  });

  test('reads more than 100 products in several requests', async () => {
    const items = Array.from({ length: 150 }, (_, index) => item(`sku-${index}`, 1));
    const soldForOne = ({ sku }: { sku: string }) => ({ sku, price: 1 });
    dynamoDb.on(BatchGetCommand).callsFake(({ RequestItems }) => ({ Responses: { products: RequestItems.products.Keys.map(soldForOne) } }));
    expect(await callHook(hook, order('order-1', 150, ...items))).toEqual([[]]);
    expect(dynamoDb.commandCalls(BatchGetCommand).map(({ args: [{ input }] }) => input.RequestItems!.products.Keys!.length)).toEqual([100, 50]);
  });

  test('fails when products could not be read, so that the pipeline tries again', async () => {
    dynamoDb.on(BatchGetCommand).resolves({ Responses: { products: [] }, UnprocessedKeys: { products: { Keys: [{ sku: 'mug' }] } } });
    await expect(callHook(hook, order('order-1', 1250, item('mug', 1250)))).rejects.toThrow('DynamoDB throttled the request');
  });
});

describe('the hook that checks the credit of a customer', () => {
  let server: Server;
  let status = 200;
  let credit: object = {};

  beforeAll(async () => {
    server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(credit)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env.CREDIT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  test('accepts orders until the credit is used up', async () => {
    [status, credit] = [200, { available: 5000, currency: 'EUR' }];
    expect(await callHook(loadHook('credit'), order('order-1', 3000), order('order-2', 3000), order('order-3', 2000))).toEqual([
      [], [{ path: '', code: 'CREDIT_EXCEEDED', message: 'the customer has 2000 EUR left' }], [],
    ]);
  });

  test.each([
    ['a customer without an account', 404, {}, { path: '/customerId', code: 'UNKNOWN_CUSTOMER', message: 'the customer has no account' }],
    ['another currency', 200, { available: 5000, currency: 'USD' }, { path: '/currency', code: 'WRONG_CURRENCY', message: 'must be USD' }],
  ])('rejects orders of %s', async (_, responseStatus, body, error) => {
    [status, credit] = [responseStatus, body];
    expect(await callHook(loadHook('credit'), order('order-1', 3000))).toEqual([[error]]);
  });

  test('fails when the service fails, so that the pipeline tries again', async () => {
    [status, credit] = [503, {}];
    await expect(callHook(loadHook('credit'), order('order-1', 3000))).rejects.toThrow('the credit service answered with 503');
  });
});
