import { ORDER_MODEL_HANDLERS } from '../../../src/private/contract';
import { allParts } from '../../support/all-parts';
import { everythingOn, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { PIPELINE_HANDLERS } from '../../support/pipeline-handlers';
import { synthPipeline } from '../../support/synth';
import { idOf, pascalCase, resourceOf, resourcesOf, roleStatements } from '../../support/template';

const HANDLERS = PIPELINE_HANDLERS.map(pascalCase);
const complete = synthPipeline(allParts).template;
const everything = synthPipeline(everythingOn, EVERYTHING_ON_ENV).template;
const handlerIn = (template: typeof complete, handler: string) => resourceOf(template, 'AWS::Lambda::Function', handler).properties;

test.each(PIPELINE_HANDLERS)('%s runs on Node.js 24 and Graviton, from a bundle, with the layer of the order model if it needs it', (handler) => {
  const properties = handlerIn(complete, pascalCase(handler));
  expect(properties).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: handler === 'validate-order' ? 'without-hook.handler' : 'index.handler',
    Code: { S3Key: expect.stringMatching(/^[0-9a-f]{64}\.zip$/) },
  });
  expect(properties.Layers).toEqual(ORDER_MODEL_HANDLERS.includes(handler) ? [{ Ref: resourcesOf(complete, 'AWS::Lambda::LayerVersion')[0].id }] : undefined);
});

test('validate-order has the client for a validation hook only where there is one', () => {
  expect(handlerIn(everything, 'ValidateOrder').Handler).toBe('index.handler');
});

test.each(HANDLERS)('%s has a description', (handler) => {
  expect(handlerIn(complete, handler).Description).toMatch(/^[A-Z].{10,}/);
});

test.each(HANDLERS)('%s logs JSON into a log group of its own, and may write to no other', (handler) => {
  const logs = resourceOf(complete, 'AWS::Logs::LogGroup', `${handler}Logs`);
  expect(handlerIn(complete, handler).LoggingConfig).toEqual({
    LogFormat: 'JSON', LogGroup: { Ref: logs.id }, ApplicationLogLevel: 'INFO', SystemLogLevel: 'WARN',
  });
  const writing = roleStatements(complete, handler).filter(({ actions }) => actions.some((action) => action.startsWith('logs:')));
  expect(writing).toMatchObject([{ resources: [{ 'Fn::GetAtt': [logs.id, 'Arn'] }] }]);
});

test.each(HANDLERS)('%s has the service name of its pipeline in logs and metrics', (handler) => {
  expect(handlerIn(complete, handler).Environment.Variables).toMatchObject({
    POWERTOOLS_SERVICE_NAME: 'Test/Orders', POWERTOOLS_METRICS_NAMESPACE: 'OrderPipeline', POWERTOOLS_LOG_LEVEL: 'INFO',
  });
});

test.each(HANDLERS)('%s takes log level and service name from the props', (handler) => {
  expect(handlerIn(everything, handler)).toMatchObject({
    LoggingConfig: { ApplicationLogLevel: 'DEBUG' },
    Environment: { Variables: { POWERTOOLS_LOG_LEVEL: 'DEBUG', POWERTOOLS_SERVICE_NAME: 'shop' } },
  });
});

test('a pipeline has these handlers and no other functions', () => {
  expect(resourcesOf(complete, 'AWS::Lambda::Function')).toHaveLength(HANDLERS.length);
});

test.each([['a month', complete, 30, 1], ['the configured time', everything, 365, 3]])('every log group keeps events for %s and is deleted with the stack', (_, template, days, ofApis) => {
  const groups = Object.values(template.findResources('AWS::Logs::LogGroup'));
  // One for each handler, for the API, the WebSocket API and the delivery stream; one for the GraphQL API and one for the execution logs of the REST API, where they write logs.
  expect(groups).toHaveLength(HANDLERS.length + 2 + ofApis);
  for (const group of groups) expect(group).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: days } });
});

test('every function logs into a log group of the stack, and none is left to Lambda', () => {
  const groups = resourcesOf(complete, 'AWS::Logs::LogGroup').map(({ id }) => id);
  for (const { properties } of resourcesOf(complete, 'AWS::Lambda::Function')) expect(groups).toContain(idOf(properties.LoggingConfig.LogGroup));
});
