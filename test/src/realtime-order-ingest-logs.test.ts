import { Match } from 'aws-cdk-lib/assertions';
import { MethodLoggingLevel, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { OrderApi, OrderAuthentication } from '../../src';
import { synthUnwatched, type PipelineProps } from '../support/synth';
import { resourcesOf } from '../support/template';

const executionLogs = { LogGroupName: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith(['API-Gateway-Execution-Logs_'])] }) };

test('the API writes no execution logs and no traces by default', () => {
  const { template } = synthUnwatched();
  template.hasResourceProperties('AWS::ApiGateway::Stage', { MethodSettings: [Match.objectLike({ LoggingLevel: 'OFF', DataTraceEnabled: false })], TracingEnabled: Match.absent() });
  template.resourcePropertiesCountIs('AWS::Logs::LogGroup', executionLogs, 0);
});

test('execution logs have no bodies, and their log group exists, with its retention, before the stage', () => {
  const { template } = synthUnwatched({ executionLogLevel: MethodLoggingLevel.INFO, accessLog: false });
  template.hasResource('AWS::ApiGateway::Stage', {
    Properties: { MethodSettings: [Match.objectLike({ LoggingLevel: 'INFO', DataTraceEnabled: false })] },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('ExecutionLogs')]),
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', { ...executionLogs, RetentionInDays: 30 });
  template.resourceCountIs('AWS::ApiGateway::Account', 1);
});

test('`tracing` makes X-Ray trace the API and all functions', () => {
  const { template } = synthUnwatched({ tracing: true });
  template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
  for (const { properties } of resourcesOf(template, 'AWS::Lambda::Function')) expect(properties.TracingConfig).toEqual({ Mode: 'Active' });
});

test.each<[string, PipelineProps, string]>([
  ['an HTTP API, which has none', { api: OrderApi.http(), authentication: OrderAuthentication.iam(), executionLogLevel: MethodLoggingLevel.ERROR },
    '`executionLogLevel` cannot be set with OrderApi.http(), which has no execution logs; omit it, or use OrderApi.rest()'],
  ['an existing API', (stack) => ({ api: OrderApi.fromRestApi(new RestApi(stack, 'Api')), executionLogLevel: MethodLoggingLevel.ERROR }),
    '`executionLogLevel` cannot be set with OrderApi.fromRestApi(): it is a setting of the existing API or of its stage'],
])('fails when execution logs are set for %s', (_, props, message) => {
  expect(() => synthUnwatched(props)).toThrow(message);
});
