import { synthPipeline } from '../../../support/synth';
import { resourceOf, resourcesOf } from '../../../support/template';

const { template } = synthPipeline();
const [stage] = resourcesOf(template, 'AWS::ApiGateway::Stage');

test('the API is regional', () => {
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } });
});

test('the access log has ids and figures of each request', () => {
  const { DestinationArn, Format } = stage.properties.AccessLogSetting;
  expect(DestinationArn).toEqual({ 'Fn::GetAtt': [resourceOf(template, 'AWS::Logs::LogGroup', 'AccessLogs').id, 'Arn'] });
  expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', resourcePath: '$context.resourcePath', status: '$context.status' });
});

test('the access log has neither clients nor orders', () => {
  expect(stage.properties.AccessLogSetting.Format).not.toMatch(/sourceIp|userAgent|caller|\$context\.path|apiKey"/);
});

test('execution logs, which would hold what is in an order, are off', () => {
  expect(stage.properties.MethodSettings).toMatchObject([{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'OFF', DataTraceEnabled: false }]);
});

test('the API is throttled and measured', () => {
  expect(stage.properties.MethodSettings).toMatchObject([{ ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000, MetricsEnabled: true }]);
});

test("API Gateway's role for the account stays when the stack goes", () => {
  const role = resourceOf(template, 'AWS::IAM::Role', 'CloudWatchRole').id;
  const account = resourcesOf(template, 'AWS::ApiGateway::Account')[0].id;
  for (const id of [role, account]) expect(template.toJSON().Resources[id]).toMatchObject({ DeletionPolicy: 'Retain' });
});
