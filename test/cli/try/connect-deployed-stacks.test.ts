import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { connectDeployedStacks } from '../../../cli/try/connect-deployed-stacks';

describe('the requests', () => {
  const [cloudFormation, apiGateway] = [mockClient(CloudFormationClient), mockClient(APIGatewayClient)];
  afterAll(() => [cloudFormation, apiGateway].forEach((client) => client.restore()));
  const stacks = connectDeployedStacks({ region: 'eu-central-1' });

  test('read the outputs of a stack', async () => {
    cloudFormation.on(DescribeStacksCommand, { StackName: 'Shop' }).resolves({
      Stacks: [{ StackName: 'Shop', CreationTime: new Date(), StackStatus: 'UPDATE_COMPLETE', Outputs: [{ OutputKey: 'OrdersApiUrl', OutputValue: 'https://a' }] }],
    });
    expect(await stacks.describe('Shop')).toEqual({ status: 'UPDATE_COMPLETE', outputs: { OrdersApiUrl: 'https://a' } });
  });

  test('read a stack without outputs', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves({ Stacks: [{ StackName: 'Shop', CreationTime: new Date(), StackStatus: 'ROLLBACK_COMPLETE' }] });
    expect(await stacks.describe('Shop')).toEqual({ status: 'ROLLBACK_COMPLETE', outputs: {} });
  });

  test.each([['{"Metadata":{"a":1},"Resources":{}}', { a: 1 }], ['{"Resources":{}}', {}]])('read the metadata of the template %s', async (TemplateBody, metadata) => {
    cloudFormation.on(GetTemplateCommand, { StackName: 'Shop' }).resolves({ TemplateBody });
    expect(await stacks.metadata('Shop')).toEqual(metadata);
  });

  test('read the value of an API key', async () => {
    apiGateway.on(GetApiKeyCommand, { apiKey: 'key-1', includeValue: true }).resolves({ value: 'secret' });
    expect(await stacks.apiKey('key-1')).toBe('secret');
  });
});

describe('a local AWS', () => {
  let server: Server;
  const environment = { ...process.env };
  beforeAll(async () => {
    server = createServer((_, response) => response.end('<DescribeStacksResponse><DescribeStacksResult/></DescribeStacksResponse>')).listen(0, '127.0.0.1');
    await new Promise((resolve) => { server.once('listening', resolve); });
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  });
  afterAll(() => {
    process.env = environment;
    server.close();
  });

  test('is recognized by the endpoint of the environment', async () => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.AWS_ENDPOINT_URL = endpoint;
    const stacks = connectDeployedStacks({ region: 'us-east-1' });
    expect(stacks.localEndpoint()).toBeUndefined();
    await stacks.describe('Shop');
    expect(stacks.localEndpoint()).toBe(endpoint);
  });
});
