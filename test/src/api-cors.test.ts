import { CfnParameter, Duration, Token } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { OrderPipeline, type ApiCorsOptions } from '../../src';
import { synth, synthPipeline } from '../support/synth';
import { resourceOf, resourcesOf } from '../support/template';

const SHOP = 'https://shop.example.com';
const synthCors = (cors: ApiCorsOptions) => synthPipeline({ cors }).template;
const API_HANDLERS = ['ReceiveOrder', 'ReceiveOrderChange', 'ReceiveOrderCancellation', 'QueryOrders', 'QueryOrderEvents', 'QueryFiles'];

describe('an API that pages may call', () => {
  const template = synthCors({ allowOrigins: [SHOP], allowHeaders: ['X-Shop'], maxAge: Duration.hours(1) });
  const methods = resourcesOf(template, 'AWS::ApiGateway::Method').map(({ properties }) => properties);
  const preflights = methods.filter(({ HttpMethod }) => HttpMethod === 'OPTIONS');

  test('answers preflight requests for every path, without credentials', () => {
    const paths = new Set(methods.map(({ ResourceId }) => JSON.stringify(ResourceId)));
    expect(preflights.map(({ ResourceId }) => JSON.stringify(ResourceId)).sort()).toEqual([...paths].sort());
    for (const { AuthorizationType, ApiKeyRequired, Integration } of preflights) {
      expect([AuthorizationType, ApiKeyRequired ?? false, Integration.Type]).toEqual(['NONE', false, 'MOCK']);
      expect(Integration.IntegrationResponses[0].ResponseParameters).toEqual({
        'method.response.header.Access-Control-Allow-Headers':
          "'Authorization,Content-Type,Idempotency-Key,If-Match,X-Amz-Date,X-Amz-Security-Token,X-Api-Key,X-Correlation-Id,X-Shop'",
        'method.response.header.Access-Control-Allow-Methods': "'GET,HEAD,PATCH,POST'",
        'method.response.header.Access-Control-Allow-Origin': `'${SHOP}'`,
        'method.response.header.Access-Control-Max-Age': "'3600'",
        'method.response.header.Vary': "'Origin'",
      });
    }
  });

  test('has the origins in the environment of its handlers', () => {
    for (const id of API_HANDLERS) expect(resourceOf(template, 'AWS::Lambda::Function', id).properties.Environment.Variables.CORS_ORIGINS).toBe(SHOP);
  });

  test('has CORS headers on the errors of API Gateway', () => {
    const responses = resourcesOf(template, 'AWS::ApiGateway::GatewayResponse');
    expect(responses.length).toBeGreaterThan(10);
    for (const { properties } of responses) {
      expect(properties.ResponseParameters).toMatchObject({
        'gatewayresponse.header.Access-Control-Allow-Origin': `'${SHOP}'`,
        'gatewayresponse.header.Access-Control-Expose-Headers': "'Allow, ETag, Location, Retry-After, X-Correlation-Id'",
      });
    }
  });

  test('lists OPTIONS among the methods of a path', () => {
    const { ALLOWED_METHODS } = resourceOf(template, 'AWS::Lambda::Function', 'QueryOrders').properties.Environment.Variables;
    expect(JSON.parse(ALLOWED_METHODS)['/orders']).toBe('GET, HEAD, OPTIONS, POST');
  });
});

test('an API without `cors` answers no preflight request, and its errors have no CORS headers', () => {
  const { template } = synthPipeline();
  expect(JSON.stringify(template.toJSON())).not.toMatch(/Access-Control|CORS_ORIGINS|"OPTIONS"/);
});

test('of several origins, a preflight request is answered with its own, and an error of API Gateway with any', () => {
  const template = synthCors({ allowOrigins: [SHOP, 'http://localhost:8080'] });
  const [preflight] = resourcesOf(template, 'AWS::ApiGateway::Method').filter(({ properties }) => properties.HttpMethod === 'OPTIONS');
  expect(JSON.stringify(preflight.properties.Integration.IntegrationResponses[0].ResponseTemplates)).toContain('http://localhost:8080');
  const [response] = resourcesOf(template, 'AWS::ApiGateway::GatewayResponse');
  expect(response.properties.ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin']).toBe("'*'");
});

test('an origin may be known at deployment only', () => {
  const { template } = synthPipeline((stack) => ({ cors: { allowOrigins: [`https://${new CfnParameter(stack, 'Domain').valueAsString}`] } }));
  expect(resourceOf(template, 'AWS::Lambda::Function', 'ReceiveOrder').properties.Environment.Variables.CORS_ORIGINS)
    .toEqual({ 'Fn::Join': ['', ['https://', { Ref: 'Domain' }]] });
});

test('a route that the app adds has an answer to preflight requests, and a handler as the app made it', () => {
  const { template } = synth((stack) => {
    const { ingest } = new OrderPipeline(stack, 'Orders', { cors: { allowOrigins: ['*'] } });
    ingest.addRoute('GET', '/prices', LambdaFunction.fromFunctionName(ingest, 'Prices', 'prices'));
    ingest.addRoute('POST', '/prices', LambdaFunction.fromFunctionName(ingest, 'NewPrices', 'new-prices'));
  });
  const { id } = resourceOf(template, 'AWS::ApiGateway::Resource', 'prices');
  const methods = resourcesOf(template, 'AWS::ApiGateway::Method').filter(({ properties }) => properties.ResourceId.Ref === id);
  expect(methods.map(({ properties }) => properties.HttpMethod).sort()).toEqual(['GET', 'OPTIONS', 'POST']);
});

test.each<[string, ApiCorsOptions, string]>([
  ['without an origin', { allowOrigins: [] }, '`cors.allowOrigins` must have 1 to 20 origins, got 0; omit `cors` if no page calls the API'],
  ['with a path', { allowOrigins: ['https://shop.example.com/'] }, '`cors.allowOrigins` must be origins such as https://shop.example.com, without a path or a slash at the end, got "https://shop.example.com/"'],
  ['without a scheme', { allowOrigins: ['shop.example.com'] }, 'got "shop.example.com"'],
  ['with the default port, which browsers do not send', { allowOrigins: ['https://shop.example.com:443'] }, 'got "https://shop.example.com:443"'],
  ['with a wildcard in it', { allowOrigins: ['https://*.example.com'] }, 'got "https://*.example.com"'],
  ['with * and others', { allowOrigins: ['*', SHOP] }, '`cors.allowOrigins` must be * alone, or the origins without it'],
  ['twice', { allowOrigins: [SHOP, SHOP] }, '`cors.allowOrigins` must have each origin once, got https://shop.example.com again'],
  ['as a list that is not known', { allowOrigins: Token.asList({ Ref: 'Origins' }) }, '`cors.allowOrigins` must be a list that is known at synth; its origins may be tokens'],
  ['with a header that is none', { allowOrigins: [SHOP], allowHeaders: ['X Shop'] }, '`cors.allowHeaders` must be names of headers such as X-Shop, got "X Shop"'],
  ['for longer than a day', { allowOrigins: [SHOP], maxAge: Duration.days(2) }, '`cors.maxAge` must be between 0 seconds and 1 day, got 2 days'],
])('fails at synth: %s', (_, cors, error) => {
  expect(() => synthCors(cors)).toThrow(error);
});
