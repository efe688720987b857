import { NestedStack, Stack, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { modelFile } from '../../support/own-models';
import { synthPipeline, synthUnwatched, UNWATCHED, type PipelineProps } from '../../support/synth';
import { readable } from '../../support/template';
import { testApp } from '../../support/test-app';
import { OrderApi, OrderAuthentication, OrderModel, OrderPipeline, OrderTenants } from 'cdk-order-pipeline';

const HERE: Environment = { account: '111111111111', region: 'eu-central-1' };

/** The outputs of a stack with construct ids instead of references. */
const outputsIn = (template: Template): Record<string, string> =>
  Object.fromEntries(Object.entries<{ Value: unknown }>(template.toJSON().Outputs ?? {}).map(([key, { Value }]) => [key, readable(Value)]));
const outputsOf = (props: PipelineProps, env = HERE) => outputsIn(synthUnwatched(props, env).template);

test('a pipeline without props has outputs for the first request', () => {
  expect(outputsIn(synthPipeline({}, HERE).template)).toEqual({
    OrdersApiUrl: 'https://OrdersIngestApi.execute-api.eu-central-1.AWS::URLSuffix/OrdersIngestApiDeploymentStageprod',
    OrdersApiKeyCommand: 'aws apigateway get-api-key --api-key OrdersIngestApiKey --include-value --query value --output text --region eu-central-1',
    OrdersFilesUri: 's3://OrdersFilesBucket/incoming/',
    OrdersDashboardUrl: 'https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/OrdersMonitoringDashboard',
    OrdersTryCommand: 'npx cdk-order-pipeline try --stack Test --region eu-central-1',
  });
});

test('every output has a description', () => {
  for (const output of Object.values(synthPipeline().template.toJSON().Outputs)) expect(output).toMatchObject({ Description: expect.stringMatching(/^[A-Z]/) });
});

describe('the outputs are those of the configuration', () => {
  test.each<[string, PipelineProps, string[]]>([
    ['no API key with another authentication', { authentication: OrderAuthentication.iam() }, ['ApiUrl', 'FilesUri', 'TryCommand']],
    ['an API key for one group of routes', {
      authentication: OrderAuthentication.iam(), routeAuthentication: { placeOrders: OrderAuthentication.apiKey() },
    }, ['ApiUrl', 'ApiKeyCommand', 'FilesUri', 'TryCommand']],
    ['no API key with an HTTP API', { api: OrderApi.http(), authentication: OrderAuthentication.iam() }, ['ApiUrl', 'FilesUri', 'TryCommand']],
    ['no files without fileIngest', { fileIngest: false }, ['ApiUrl', 'ApiKeyCommand', 'TryCommand']],
    ['the dashboard', { monitoring: { alarms: false } }, ['ApiUrl', 'ApiKeyCommand', 'FilesUri', 'DashboardUrl', 'TryCommand']],
    ['the API key of the first tenant', {
      tenants: OrderTenants.apiKeys({ tenant: 'acme' }, { tenant: 'globex' }),
    }, ['ApiUrl', 'ApiKeyCommand', 'FilesUri', 'TryCommand']],
    ['none with outputs: false', { outputs: false }, []],
  ])('%s', (_, props, keys) => {
    expect(Object.keys(outputsOf(props))).toEqual(keys.map((key) => `Orders${key}`));
  });

  test('the URL of an HTTP API has no stage', () => {
    const { Outputs } = synthUnwatched({ api: OrderApi.http(), authentication: OrderAuthentication.iam() }).template.toJSON();
    expect(Outputs.OrdersApiUrl.Value).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^OrdersIngestHttpApi/), 'ApiEndpoint'] });
  });

  test('a pipeline with keys of tenants has those of the first one', () => {
    const tenants = OrderTenants.apiKeys({ tenant: 'acme', keys: ['2026', '2027'] }, { tenant: 'globex' });
    expect(outputsOf({ tenants })).toMatchObject({
      OrdersApiKeyCommand: expect.stringContaining(' --api-key OrdersIngestCallerKeysTenantsacmeKey2026 '), OrdersFilesUri: 's3://OrdersFilesBucket/incoming/acme/',
    });
  });

  test('files go to an existing bucket', () => {
    expect(outputsOf((stack) => ({ bucket: Bucket.fromBucketName(stack, 'Bucket', 'shop-orders') })).OrdersFilesUri).toBe('s3://shop-orders/incoming/');
  });
});

describe('the URL of the dashboard', () => {
  test.each([
    ['cn-north-1', 'https://console.amazonaws.cn/cloudwatch/home?region=cn-north-1#'],
    ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#'],
  ])('has the console of the partition of %s', (region, url) => {
    expect(outputsOf({ monitoring: { alarms: false } }, { ...HERE, region }).OrdersDashboardUrl).toContain(url);
  });

  test('has the region and the partition of the deployment in a stack without a region, with conditions that pipelines share', () => {
    const stack = new Stack(testApp(), 'Shop');
    for (const id of ['Web', 'Wholesale']) new OrderPipeline(stack, id, { monitoring: { alarms: false } });
    const template = Template.fromStack(stack).toJSON();
    expect(template.Outputs.WebDashboardUrl.Value['Fn::Join'][1].slice(0, 4)).toEqual([
      'https://',
      { 'Fn::If': ['OrderPipelineInGovCloud', 'console.amazonaws-us-gov.com', { 'Fn::If': ['OrderPipelineInChina', 'console.amazonaws.cn', 'console.aws.amazon.com'] }] },
      '/cloudwatch/home?region=',
      { Ref: 'AWS::Region' },
    ]);
    expect(template.Conditions).toEqual({
      OrderPipelineInChina: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] },
      OrderPipelineInGovCloud: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-us-gov'] },
    });
  });

  test('is missing in a partition whose console is not public', () => {
    expect(outputsOf({ monitoring: { alarms: false } }, { ...HERE, region: 'us-iso-east-1' })).not.toHaveProperty('OrdersDashboardUrl');
  });
});

describe('several pipelines', () => {
  test('have outputs of their own, and commands that choose one', () => {
    const stack = new Stack(testApp(), 'Shop', { env: HERE });
    for (const id of ['Web', 'Wholesale']) new OrderPipeline(stack, id, UNWATCHED);
    const outputs = outputsIn(Template.fromStack(stack));
    expect(Object.keys(outputs)).toHaveLength(8);
    expect(outputs).toMatchObject({
      WebTryCommand: 'npx cdk-order-pipeline try --stack Shop --region eu-central-1 --pipeline Web',
      WholesaleTryCommand: 'npx cdk-order-pipeline try --stack Shop --region eu-central-1 --pipeline Wholesale',
    });
  });

  test('of a nested stack have their outputs in the parent stack, with the path in it', () => {
    const stack = new Stack(testApp(), 'Shop', { env: HERE });
    const nested = new NestedStack(stack, 'Nested');
    new OrderPipeline(nested, 'web-orders', UNWATCHED);
    expect(outputsIn(Template.fromStack(stack))).toMatchObject({
      NestedwebordersApiUrl: expect.stringContaining('.execute-api.eu-central-1.'),
      NestedwebordersTryCommand: 'npx cdk-order-pipeline try --stack Shop --region eu-central-1',
    });
    expect(Object.keys(outputsIn(Template.fromStack(nested))).filter((key) => /Url$|Command$|Uri$/.test(key))).toEqual([]);
  });
});

describe('the metadata of the template has the order model', () => {
  const facts = { orderId: '/header/number' };
  const schemaWith = (number: object, examples?: object[]) => ({
    type: 'object',
    required: ['header'],
    ...(examples ? { examples } : {}),
    properties: { header: { type: 'object', required: ['number'], properties: { number, buyer: { type: 'string' } } } },
  });
  const metadataOf = (orderModel?: OrderModel, outputs?: boolean) =>
    (synthUnwatched({ orderModel, outputs }, HERE).template.toJSON().Metadata ?? {})['cdk-order-pipeline:Orders'];
  const ownModel = (number: object, examples?: object[]) => OrderModel.fromJsonSchema(modelFile(schemaWith(number, examples)), facts);

  test('with its example and its schema', () => {
    const example = { header: { number: 'W-1', buyer: 'Anna' } };
    const number = { type: 'string', pattern: '^W-[0-9]$' };
    expect(metadataOf(ownModel(number, [example]))).toEqual({ orderId: '/header/number', example, schema: schemaWith(number) });
  });

  test('without the ID of the example, if the API can assign one', () => {
    const example = { header: { number: 'W-1', buyer: 'Anna' } };
    expect(metadataOf(ownModel({ type: 'string' }, [example]))).toMatchObject({ orderId: '/header/number', example: { header: { buyer: 'Anna' } } });
  });

  test('with an example that has no ID', () => {
    const schema = { type: 'object', examples: [{ buyer: 'Anna' }], properties: { number: { type: 'integer' }, buyer: { type: 'string' } } };
    expect(metadataOf(OrderModel.fromJsonSchema(modelFile(schema), { orderId: '/number' }))).toMatchObject({ orderId: '/number', example: { buyer: 'Anna' } });
  });

  test('without an example, if the schema has none', () => {
    expect(metadataOf(ownModel({ type: 'string' }))).toEqual({ orderId: '/header/number', schema: schemaWith({ type: 'string' }) });
  });

  test('with the fields of an extension', () => {
    const extension = modelFile({ properties: { gift: { type: 'boolean' } }, required: ['gift'], examples: [{ gift: true }] });
    const { orderId, example } = metadataOf(OrderModel.standard({ extension }));
    expect(orderId).toBe('/orderId');
    expect(example).toMatchObject({ gift: true, currency: 'EUR' });
    expect(example).not.toHaveProperty('orderId');
  });

  test('without the annotations of a long schema, and without one that is too long for a template', () => {
    const described = ownModel({ type: 'string', description: 'x'.repeat(40_000) });
    expect(metadataOf(described).schema).toEqual(schemaWith({ type: 'string' }));
    const codes = Array.from({ length: 5000 }, (_, index) => `code-${index}`);
    expect(metadataOf(ownModel({ type: 'string', enum: codes }))).toEqual({ orderId: '/header/number' });
  });

  test('also without outputs, for the console', () => {
    expect(metadataOf(ownModel({ type: 'string' }), false)).toMatchObject({ orderId: '/header/number' });
  });

  test('unless it is the standard model', () => {
    expect(metadataOf()).toBeUndefined();
  });
});
