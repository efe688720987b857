import { Stack } from 'aws-cdk-lib';
import { DomainName as RestDomainName } from 'aws-cdk-lib/aws-apigateway';
import { DomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { synthUnwatched } from '../support/synth';
import { idOf, resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';
import { OrderApi, OrderAuthentication, OrderPipeline, type ApiDomainOptions, type OrderPipelineProps } from 'cdk-order-pipeline';

const HERE = { account: '111111111111', region: 'eu-central-1' };
const arnOf = (region: string) => `arn:aws:acm:${region}:${HERE.account}:certificate/1`;
const certificateIn = (stack: Stack, region = HERE.region): ICertificate => Certificate.fromCertificateArn(stack, 'Certificate', arnOf(region));
const zoneIn = (stack: Stack, zoneName = 'example.com'): IHostedZone => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName });

const REST: OrderPipelineProps = {};
const HTTP: OrderPipelineProps = { api: OrderApi.http(), authentication: OrderAuthentication.iam() };
const KINDS: readonly [kind: string, props: OrderPipelineProps, apiType: string, stageType: string][] = [
  ['a REST API', REST, 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage'],
  ['an HTTP API', HTTP, 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage'],
];

const synthWith = (props: OrderPipelineProps, domain: (stack: Stack) => ApiDomainOptions) =>
  synthUnwatched((stack) => ({ ...props, domain: domain(stack) }), HERE);

describe.each(KINDS)('a custom domain name of %s', (_, props, apiType, stageType) => {
  const mapping = (template: ReturnType<typeof synthUnwatched>['template']) => resourcesOf(template, 'AWS::ApiGatewayV2::ApiMapping');

  test('is created with the certificate and mapped to the stage', () => {
    const { template, created: { ingest } } = synthWith(props, (stack) => ({ domainName: 'orders.example.com', certificate: certificateIn(stack) }));
    const [domain] = resourcesOf(template, 'AWS::ApiGatewayV2::DomainName');
    expect(domain.properties).toEqual({
      DomainName: 'orders.example.com',
      DomainNameConfigurations: [expect.objectContaining({ CertificateArn: arnOf(HERE.region), EndpointType: 'REGIONAL' })],
    });
    const [stage] = resourcesOf(template, stageType);
    expect(mapping(template).map(({ properties }) => properties)).toEqual([{
      ApiId: { Ref: resourcesOf(template, apiType)[0].id },
      Stage: apiType === 'AWS::ApiGateway::RestApi' ? { Ref: stage.id } : '$default',
      DomainName: { Ref: domain.id },
    }]);
    expect(template.toJSON().Resources[mapping(template)[0].id].DependsOn).toContain(stage.id);
    expect(ingest.url).toBe('https://orders.example.com');
    expect(ingest.domainName?.node.path).toBe('Test/Orders/Ingest/DomainName');
  });

  test.each(['shop', 'shop/v1'])('has the base path %s', (basePath) => {
    const { template, created: { ingest } } = synthWith(props, (stack) => ({ domainName: 'orders.example.com', certificate: certificateIn(stack), basePath }));
    expect(mapping(template)[0].properties.ApiMappingKey).toBe(basePath);
    expect(ingest.url).toBe(`https://orders.example.com/${basePath}`);
  });

  test('has an alias record in the hosted zone', () => {
    const { template } = synthWith(props, (stack) => ({ domainName: 'orders.example.com', certificate: certificateIn(stack), hostedZone: zoneIn(stack) }));
    const [{ id }] = resourcesOf(template, 'AWS::ApiGatewayV2::DomainName');
    expect(resourcesOf(template, 'AWS::Route53::RecordSet').map(({ properties }) => properties)).toEqual([{
      Name: 'orders.example.com.',
      Type: 'A',
      HostedZoneId: 'Z1',
      AliasTarget: { DNSName: { 'Fn::GetAtt': [id, 'RegionalDomainName'] }, HostedZoneId: { 'Fn::GetAtt': [id, 'RegionalHostedZoneId'] } },
    }]);
  });

  test('has no record without a hosted zone', () => {
    const { template } = synthWith(props, (stack) => ({ domainName: 'orders.example.com', certificate: certificateIn(stack) }));
    expect(resourcesOf(template, 'AWS::Route53::RecordSet')).toEqual([]);
  });

  test.each<[string, (stack: Stack) => ApiDomainOptions, unknown]>([
    ['imported', () => ({ domainName: 'shop.example.com', basePath: 'orders' }), 'shop.example.com'],
    ['of aws-apigatewayv2', (stack) => ({
      domainName: new DomainName(stack, 'Shop', { domainName: 'shop.example.com', certificate: certificateIn(stack) }).name, basePath: 'orders',
    }), { Ref: 'Shop' }],
    ['of aws-apigateway', (stack) => ({
      domainName: new RestDomainName(stack, 'Shop', { domainName: 'shop.example.com', certificate: certificateIn(stack) }).domainName, basePath: 'orders',
    }), { Ref: 'Shop' }],
  ])('can be an existing one: %s', (__, domain, name) => {
    const { template, created: { ingest }, stack } = synthWith(props, domain);
    const { DomainName: mapped, ApiMappingKey } = mapping(template)[0].properties;
    expect([typeof mapped === 'string' ? mapped : { Ref: idOf(mapped)?.replace(/[0-9A-F]{8}$/, '') }, ApiMappingKey]).toEqual([name, 'orders']);
    expect(ingest.domainName).toBeUndefined();
    expect(stack.resolve(ingest.url)).toEqual(typeof mapped === 'string' ? `https://${mapped}/orders` : { 'Fn::Join': ['', ['https://', mapped, '/orders']] });
    expect(resourcesOf(template).filter(({ id, type }) => id.startsWith('Orders') && /DomainName$|RecordSet$/.test(type))).toEqual([]);
  });

  test('leaves the default endpoint on, unless it is switched off', () => {
    const domain = (stack: Stack) => ({ domainName: 'orders.example.com', certificate: certificateIn(stack) });
    expect(resourcesOf(synthWith(props, domain).template, apiType)[0].properties).not.toHaveProperty('DisableExecuteApiEndpoint');
    const { template, created: { ingest } } = synthWith({ ...props, defaultEndpoint: false }, domain);
    expect(resourcesOf(template, apiType)[0].properties.DisableExecuteApiEndpoint).toBe(true);
    expect(ingest.url).toBe('https://orders.example.com');
    expect(JSON.stringify(template.toJSON().Outputs ?? {})).not.toContain('execute-api');
  });
});

test('the default endpoint of a REST API is switched off by a new deployment', () => {
  const deployment = (defaultEndpoint: boolean) => resourcesOf(
    synthWith({ defaultEndpoint }, () => ({ domainName: 'orders.example.com' })).template, 'AWS::ApiGateway::Deployment',
  )[0].id;
  expect(deployment(false)).not.toBe(deployment(true));
});

test('two pipelines can share a domain name with different base paths', () => {
  const stack = new Stack(testApp(), 'Test', { env: HERE });
  const domainName = new DomainName(stack, 'Shop', { domainName: 'shop.example.com', certificate: certificateIn(stack) }).name;
  const urls = ['flowers', 'books'].map((basePath) =>
    new OrderPipeline(new Stack(stack.node.root, basePath, { env: HERE }), 'Orders', { domain: { domainName, basePath } }).ingest.url);
  expect(new Set(urls).size).toBe(2);
  expect(() => stack.node.root.node.findAll()).not.toThrow();
});

test('a name and a base path that are known only at deployment are accepted', () => {
  const { created: { ingest }, stack } = synthWith({}, (scope) => ({ domainName: `orders.${scope.urlSuffix}`, basePath: scope.partition, certificate: certificateIn(scope) }));
  expect(stack.resolve(ingest.url)).toEqual({ 'Fn::Join': ['', ['https://orders.', { Ref: 'AWS::URLSuffix' }, '/', { Ref: 'AWS::Partition' }]] });
});

const REFUSED: readonly [name: string, props: (stack: Stack) => OrderPipelineProps, error: string][] = [
  ['neither domain name nor default endpoint', () => ({ defaultEndpoint: false }), '`defaultEndpoint` cannot be false without `domain`, because the API would have no address'],
  ...['https://orders.example.com', 'Orders.example.com', '*.example.com', 'orders', 'orders.example.com/shop', ''].map((domainName): typeof REFUSED[number] => [
    `the domain name ${JSON.stringify(domainName)}`, () => ({ domain: { domainName } }),
    `\`domain.domainName\` must be a domain name in lower case, without a scheme and a path, such as orders.example.com, got ${domainName}`,
  ]),
  ...['', '/shop', 'shop/', 'shop//v1', 'a b', 'ä', 'x'.repeat(301)].map((basePath): typeof REFUSED[number] => [
    `the base path ${JSON.stringify(basePath.slice(0, 10))}`, () => ({ domain: { domainName: 'orders.example.com', basePath } }),
    `\`domain.basePath\` must have 1 to 300 letters, digits and $-_.+!*'(), and single slashes between them, such as shop/v1, got ${JSON.stringify(basePath)}`,
  ]),
  ['a certificate of another region', (stack) => ({ domain: { domainName: 'orders.example.com', certificate: certificateIn(stack, 'us-east-1') } }),
    '`domain.certificate` must be in the region of the stack, got us-east-1; request a certificate there: those of us-east-1 are for edge-optimized domain names and CloudFront'],
  ['a certificate of a stack of another region', (stack) => ({
    domain: { domainName: 'orders.example.com', certificate: certificateIn(new Stack(stack.node.root, 'Other', { env: { ...HERE, region: 'us-east-1' } }), 'us-east-1') },
  }), '`domain.certificate` must be in the region of the stack, got 111111111111, us-east-1; request a certificate there: those of us-east-1 are for edge-optimized domain names and CloudFront'],
  ['the hosted zone of another domain', (stack) => ({
    domain: { domainName: 'orders.example.com', certificate: certificateIn(stack), hostedZone: zoneIn(stack, 'example.org') },
  }), '`domain.hostedZone` must be the zone of orders.example.com or of a domain above it, got example.org'],
  ['a hosted zone that only ends alike', (stack) => ({
    domain: { domainName: 'orders.example.com', certificate: certificateIn(stack), hostedZone: zoneIn(stack, 'ample.com') },
  }), '`domain.hostedZone` must be the zone of orders.example.com or of a domain above it, got ample.com'],
  ['a hosted zone for an existing domain name', (stack) => ({ domain: { domainName: 'orders.example.com', hostedZone: zoneIn(stack) } }),
    '`domain.hostedZone` cannot be set without `domain.certificate`: the record of an existing domain name is up to its owner'],
];

test.each(REFUSED)('fails with %s', (_, props, error) => {
  const stack = new Stack(testApp(), 'Test', { env: HERE });
  expect(() => new OrderPipeline(stack, 'Orders', props(stack))).toThrow(new Error(`Test/Orders: ${error}`));
});

test.each(['example.com', 'orders.example.com', 'example.com.'])('a record can be in the zone %s', (zoneName) => {
  const stack = new Stack(testApp(), 'Test', { env: HERE });
  const domain = { domainName: 'orders.example.com', certificate: certificateIn(stack), hostedZone: zoneIn(stack, zoneName) };
  expect(() => new OrderPipeline(stack, 'Orders', { domain })).not.toThrow();
});
