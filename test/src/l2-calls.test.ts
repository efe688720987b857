import { Duration, type Stack } from 'aws-cdk-lib';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { synth, synthUnwatched, UNWATCHED } from '../support/synth';
import { queueStatements, resourceOf, resourcesOf, statementsIn, type Resource } from '../support/template';
import { OrderPipeline } from 'cdk-order-pipeline';

/* Calls of CDK's methods on public members must not replace silently what the pipeline needs. `file-notifications.test.ts` has those on the bucket. */

const minimal = synthUnwatched().template;
const afterCall = (call: (orders: OrderPipeline, stack: Stack) => unknown) => synth((stack) => call(new OrderPipeline(stack, 'Orders', UNWATCHED), stack)).template;
type Template = typeof minimal;

const responses = (template: Template, type: ResponseType) => resourcesOf(template, 'AWS::ApiGateway::GatewayResponse')
  .filter(({ properties }) => properties.ResponseType === type.responseType);
const deployment = (template: Template) => resourcesOf(template, 'AWS::ApiGateway::Deployment')[0];

describe('a gateway response of the app', () => {
  const call = (id: string) => afterCall(({ ingest: { restApi } }) => restApi!.addGatewayResponse(id, {
    type: ResponseType.THROTTLED, statusCode: '503', responseHeaders: { 'Retry-After': "'10'" }, templates: { 'text/plain': 'later' },
  }));

  test.each(['Throttled', 'TooFast'])('replaces that of the pipeline, of which API Gateway has one for each type: %s', (id) => {
    const template = call(id);
    expect(responses(template, ResponseType.THROTTLED).map(({ properties: { RestApiId, ...properties } }) => properties)).toEqual([{
      ResponseType: 'THROTTLED', StatusCode: '503', ResponseParameters: { 'gatewayresponse.header.Retry-After': "'10'" }, ResponseTemplates: { 'text/plain': 'later' },
    }]);
    expect(deployment(template).id).not.toBe(deployment(minimal).id);
    expect(responses(template, ResponseType.UNAUTHORIZED)).toEqual(responses(minimal, ResponseType.UNAUTHORIZED));
  });

  test('of a type without one is added', () => {
    const template = afterCall(({ ingest: { restApi } }) => restApi!.addGatewayResponse('ServerError', { type: ResponseType.DEFAULT_5XX, statusCode: '500' }));
    expect(responses(template, ResponseType.DEFAULT_5XX)).toHaveLength(1);
    template.resourceCountIs('AWS::ApiGateway::GatewayResponse', resourcesOf(minimal, 'AWS::ApiGateway::GatewayResponse').length + 1);
  });
});

describe('an environment variable of the app', () => {
  test('is added to those of the pipeline', () => {
    const template = afterCall(({ processor }) => processor.processOrderFunction.addEnvironment('MINE', '1'));
    const variables = (of: Template) => resourceOf(of, 'AWS::Lambda::Function', 'ProcessOrder').properties.Environment.Variables;
    expect(variables(template)).toEqual({ ...variables(minimal), MINE: '1' });
  });

  test('can be the log level of a function', () => {
    const template = afterCall(({ processor }) => processor.processOrderFunction.addEnvironment('POWERTOOLS_LOG_LEVEL', 'DEBUG'));
    expect(resourceOf(template, 'AWS::Lambda::Function', 'ProcessOrder').properties.Environment.Variables.POWERTOOLS_LOG_LEVEL).toBe('DEBUG');
  });

  test.each(['ORDERS_TABLE_NAME', 'PENDING_COMMAND_RETENTION', 'POWERTOOLS_SERVICE_NAME'])('fails when it would replace one of the pipeline: %s', (name) => {
    expect(() => afterCall(({ processor }) => processor.processOrderFunction.addEnvironment(name, '1'))).toThrow(new Error(
      `Test/Orders/Processor/ProcessOrder: the environment variable ${name} is set by the pipeline and must not get another value; set the prop that it comes from, or use another name`,
    ));
  });
});

test('asynchronous invocations of the scheduled function fail when they are configured again', () => {
  expect(() => afterCall(({ processor }, stack) => processor.expirePendingCommandsFunction.configureAsyncInvoke({
    retryAttempts: 2, maxEventAge: Duration.hours(1), onFailure: new SqsDestination(new Queue(stack, 'Mine')),
  }))).toThrow(/EventInvokeConfig has already been configured/);
});

test('a statement in the policy of a queue is added to those of the pipeline', () => {
  const statement = new PolicyStatement({ actions: ['sqs:SendMessage'], principals: [new ServicePrincipal('sns.amazonaws.com')], resources: ['*'] });
  const template = afterCall(({ processor }) => processor.processingQueue.addToResourcePolicy(statement));
  const id = resourceOf(template, 'AWS::SQS::Queue', 'ProcessingQueue').id;
  expect(queueStatements(template, id)).toHaveLength(queueStatements(minimal, id).length + 1);
  expect(queueStatements(template, id)).toEqual(expect.arrayContaining(queueStatements(minimal, id)));
});

test.each<[string, string, (orders: OrderPipeline, statement: PolicyStatement) => unknown]>([
  ['the bucket', 'AWS::S3::BucketPolicy', ({ files }, statement) => files!.bucket.addToResourcePolicy(statement)],
  ['the alert topic', 'AWS::SNS::TopicPolicy', ({ files }, statement) => files!.alertTopic.addToResourcePolicy(statement)],
])('a statement in the policy of %s is added to those of the pipeline', (_, type, add) => {
  const statement = new PolicyStatement({ sid: 'Mine', actions: ['*'], principals: [new ServicePrincipal('sns.amazonaws.com')], resources: ['*'] });
  const [before, after] = [minimal, afterCall((orders) => add(orders, statement))]
    .map((template) => resourcesOf(template, type).map(({ properties }) => statementsIn(properties.PolicyDocument)));
  expect(after).toHaveLength(1);
  expect(after[0]).toEqual([...before[0], expect.anything()]);
});

test('a statement in the policy of the bus has a resource of its own', () => {
  const template = afterCall(({ events }) => (events.eventBus as EventBus).addToResourcePolicy(new PolicyStatement({
    sid: 'Mine', actions: ['events:PutEvents'], principals: [new ServicePrincipal('s3.amazonaws.com')], resources: [events.eventBus.eventBusArn],
  })));
  expect(resourcesOf(template, 'AWS::Events::EventBusPolicy').map(({ properties }) => properties.StatementId)).toEqual([expect.stringMatching(/Mine$/)]);
});

test('an index of the orders table keeps its stream and its other indexes', () => {
  const template = afterCall(({ processor }) => (processor.ordersTable as TableV2)
    .addGlobalSecondaryIndex({ indexName: 'mine', partitionKey: { name: 'currency', type: AttributeType.STRING } }));
  const table = (of: Template): Resource['properties'] => resourceOf(of, 'AWS::DynamoDB::GlobalTable', 'OrdersTable').properties;
  expect(table(template).StreamSpecification).toEqual(table(minimal).StreamSpecification);
  expect(table(template).GlobalSecondaryIndexes).toEqual(expect.arrayContaining(table(minimal).GlobalSecondaryIndexes));
});

test('a lifecycle rule of the bucket is added to those of the pipeline', () => {
  const rules = (of: Template) => resourcesOf(of, 'AWS::S3::Bucket')[0].properties.LifecycleConfiguration.Rules;
  const template = afterCall(({ files }) => (files!.bucket as Bucket).addLifecycleRule({ prefix: 'mine/', expiration: Duration.days(1) }));
  expect(rules(template)).toEqual([...rules(minimal), expect.objectContaining({ Prefix: 'mine/' })]);
});

test('a further stage of the usage plan is added to that of the pipeline', () => {
  const template = afterCall(({ ingest }) => ingest.usagePlan!.addApiStage({ api: ingest.restApi, stage: ingest.restApi!.deploymentStage }));
  expect(resourcesOf(template, 'AWS::ApiGateway::UsagePlan')[0].properties.ApiStages).toHaveLength(2);
});
