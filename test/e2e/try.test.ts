import { join } from 'node:path';
import { APIGatewayClient, DeleteUsagePlanKeyCommand, GetUsagePlansCommand } from '@aws-sdk/client-api-gateway';
import { freePort } from '../../cli/local/system/free-port';
import { run } from '../../cli/local/system/run-program';
import { clientConfig } from '../support/client-config';
import { deployExample } from '../support/deploy-example';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { OrdersApi } from '../support/orders-api';
import { tryCommand } from '../support/run-command-line';

const ROOT = join(__dirname, '..', '..');
const APP = join(__dirname, 'try');

describe('the command "try", on a local AWS', () => {
  let local: LocalAws;
  let outputs: Record<string, string>;
  beforeAll(async () => {
    local = await startLocalAws();
    outputs = await deployExample(APP, 'Shop', local);
  }, 300_000);
  afterAll(() => local?.stop());

  /** The arguments of the command in the outputs, without `npx cdk-order-pipeline try`. */
  const argsOf = (command: string): string[] => command.split(' ').slice(3);

  test('of the outputs places an order that is confirmed, each time another one', async () => {
    const api = await OrdersApi.of(local, outputs);
    const orderIds = [];
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const { status, output, errors } = await tryCommand(local, ...argsOf(outputs.OrdersTryCommand));
      expect([errors.replace(/Waiting for .*\n/g, ''), status]).toEqual(['', 0]);
      expect(output).toMatch(/202 Accepted[^]*CONFIRMED after [\d.]+ seconds, version 1, total 4020[^]*T[\d:.]+Z {2}OrderValidated\n.*Z {2}OrderConfirmed\n/);
      expect(output).not.toContain(api.apiKey);
      const [, orderId] = /"orderId":"(\w+)"/.exec(output)!;
      expect((await api.get(orderId)).body).toMatchObject({ status: 'CONFIRMED', version: 1 });
      orderIds.push(orderId);
    }
    expect(new Set(orderIds).size).toBe(2);
  }, 120_000);

  test('prints requests that can be repeated in a shell', async () => {
    const api = await OrdersApi.of(local, outputs);
    const { output } = await tryCommand(local, '--stack', 'Shop');
    const [place, read, history, cancel] = output.match(/curl [^]*?(?=\n\n|\n {2}Subscribe)/g)!;
    const shell = (command: string) => run('sh', ['-c', `url='${api.url}' key='${api.apiKey}'; ${command} -s --fail`]);
    const [, orderId] = /"orderId":"(\w+)"/.exec(output)!;
    expect(await shell(place)).toContain(`"orderId":"${orderId}"`);
    expect(JSON.parse(await shell(read))).toMatchObject({ orderId, status: 'CONFIRMED' });
    expect(JSON.parse(await shell(history)).items.map(({ type }: { type: string }) => type)).toContain('OrderConfirmed');
    expect(await shell(cancel)).toContain('"status":"RECEIVED"');
  }, 120_000);

  test('ends without an error when the reader of its output ends', async () => {
    const output = await run('sh', ['-c', '"$0" bin/cdk-order-pipeline.js try --stack Shop | head -n 1', process.execPath], { cwd: ROOT, env: local.env });
    expect(output.replace(/Waiting for .*\n/, '')).toBe('Pipeline Orders of stack Shop\n');
  });

  test('finds the pipelines of a stack, one without a history and one with an HTTP API in a nested stack', async () => {
    const { WebTryCommand, WholesaleOrdersTryCommand } = await deployExample(APP, 'TwoPipelines', local);
    const ambiguous = await tryCommand(local, '--stack', 'TwoPipelines');
    expect([ambiguous.status, ambiguous.errors]).toEqual([
      1, 'stack TwoPipelines has more than one order pipeline: give one of them with --pipeline: Web, WholesaleOrders\n',
    ]);
    const web = await tryCommand(local, ...argsOf(WebTryCommand));
    expect([web.status, web.output]).toEqual([0, expect.stringContaining('The pipeline has no history')]);
    const wholesale = await tryCommand(local, ...argsOf(WholesaleOrdersTryCommand));
    expect([wholesale.status, wholesale.output]).toEqual([0, expect.stringContaining('OrderConfirmed')]);
    expect(wholesale.output).not.toContain('x-api-key');
  }, 240_000);

  test('fails when the stack does not exist', async () => {
    const { status, errors } = await tryCommand(local, '--stack', 'Nowhere');
    expect([status, errors]).toEqual([1, expect.stringContaining('stack Nowhere does not exist')]);
  });

  test('fails when AWS is not reachable', async () => {
    const env = { ...local.env, AWS_ENDPOINT_URL: `http://127.0.0.1:${await freePort()}` };
    const { status, errors } = await tryCommand({ env }, '--stack', 'Shop');
    expect([status, errors]).toEqual([1, expect.stringContaining('AWS is not reachable: connect ECONNREFUSED 127.0.0.1')]);
  });

  test('fails when the API is not reachable', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { status, errors } = await tryCommand(local, '--url', url);
    expect([status, errors]).toEqual([1, expect.stringContaining(`the API is not reachable at ${url}: connect ECONNREFUSED`)]);
  });

  test('fails when the credentials are wrong', async () => {
    const { status, errors } = await tryCommand(local, '--stack', 'Shop', '--header', 'x-api-key: wrong');
    expect([status, errors]).toEqual([1, expect.stringContaining('Check that the credentials of --header are valid')]);
  });

  test('fails when the API does not accept its key, after it has tried again', async () => {
    const apiGateway = new APIGatewayClient(clientConfig(local));
    const [, keyId] = /--api-key (\S+)/.exec(outputs.OrdersApiKeyCommand)!;
    const { items = [] } = await apiGateway.send(new GetUsagePlansCommand({ keyId }));
    for (const { id } of items) await apiGateway.send(new DeleteUsagePlanKeyCommand({ usagePlanId: id, keyId }));
    const { status, errors } = await tryCommand(local, '--stack', 'Shop', '--timeout', '3s');
    expect([status, errors]).toEqual([1, expect.stringContaining('the API answered 403')]);
    expect(errors).toContain('Waiting for the API');
    expect(errors).toContain('it can take a minute until API Gateway accepts a new API key');
  });
});
