import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { FullOrdersStack } from '../../examples/full/full-orders-stack';
import { everythingOn, EVERYTHING_ON_ENV } from '../support/everything-on';
import { synthPipeline } from '../support/synth';
import { isOfLogDelivery, isOfNetworkInterfaces, isOfTracing, readable, resourcesOf, statementsIn, type Resource, type Statement } from '../support/template';
import { testApp } from '../support/test-app';
import { OrderAuthentication } from 'cdk-order-pipeline';

/** Wildcard actions of the functions' roles. The AWS documentation lists them for a DynamoDB table's key, and they are limited to that key. */
const WILDCARD_ACTIONS = ['kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** Wildcard resources of the roles: objects under one prefix, streams of one table, connections of one stage and schedules of one group, whose names are not known at synthesis. */
const WILDCARD_RESOURCES = [/\/(incoming|reports|events|errors)\/\*$/, /\/stream\/\*$/, /\/live\/(POST|DELETE)\/@connections\/\*$/, /:schedule\/OrdersTasksReminders\/\*$/];

/** In a key policy, `*` is the key itself. */
const isKeyPolicy = ({ type }: Resource): boolean => type === 'AWS::KMS::Key';

describe.each([
  ['without props', 'orders', () => synthPipeline().template],
  ['with everything on', 'shop.orders', () => synthPipeline(everythingOn, EVERYTHING_ON_ENV).template],
  ['of the full example', 'orders', () => Template.fromStack(new FullOrdersStack(testApp(), 'FullOrders', { local: false }))],
  ['with an existing bus, bucket and authorizer', 'orders', () => synthPipeline((stack) => ({
    eventBus: EventBus.fromEventBusName(stack, 'Bus', 'company'),
    bucket: new Bucket(stack, 'Bucket', { versioned: true }),
    authentication: OrderAuthentication.lambda(Function.fromFunctionName(stack, 'Handler', 'authorize')),
    auditReads: true,
  })).template],
  ['without the optional parts', 'orders', () => synthPipeline({
    fileIngest: false, history: false, redrive: false, orderChanges: false, orderCancellations: false, orderFulfillments: false, archive: false,
  }).template],
])('a pipeline %s', (_, eventSource, create) => {
  const template = create();
  // CDK itself creates the handler for the notifications of an existing bucket.
  const ours = resourcesOf(template).filter(({ id }) => !id.startsWith('BucketNotificationsHandler'));
  const policies = ours.map((resource) => ({ resource, document: resource.properties.PolicyDocument ?? resource.properties.KeyPolicy }))
    .filter(({ document }) => document !== undefined);
  const statements: Statement[] = policies.filter(({ resource }) => resource.type === 'AWS::IAM::Policy').flatMap(({ document }) => statementsIn(document));
  const allowed = statements.filter(({ effect }) => effect === 'Allow');

  test('allows roles no wildcard actions except those that a key needs', () => {
    const wildcards = allowed.flatMap(({ actions }) => actions).filter((action) => action.includes('*'));
    expect(wildcards.filter((action) => !WILDCARD_ACTIONS.includes(action))).toEqual([]);
    expect(allowed.length).toBeGreaterThan(10);
  });

  test('allows roles only the documented wildcard resources, and none the resource *', () => {
    const wildcards = allowed.filter((statement) => ![isOfNetworkInterfaces, isOfLogDelivery, isOfTracing].some((isOfOther) => isOfOther(statement)))
      .flatMap(({ resources }) => resources.map(readable)).filter((resource) => resource.includes('*'));
    expect(wildcards).not.toContain('*');
    expect(wildcards.filter((resource) => !WILDCARD_RESOURCES.some((kind) => kind.test(resource)))).toEqual([]);
  });

  test('denies the code of functions what Lambda may do with network interfaces', () => {
    const [allow, deny] = ['Allow', 'Deny'].map((effect) => statements.filter((each) => each.effect === effect && isOfNetworkInterfaces(each)));
    expect(deny.map(({ actions, resources }) => ({ actions, resources }))).toEqual(allow.map(({ actions, resources }) => ({ actions, resources })));
    for (const { condition } of deny) expect(condition).toEqual({ Null: { 'lambda:SourceFunctionArn': 'false' } });
  });

  test('uses no NotAction, NotResource or NotPrincipal', () => {
    expect(JSON.stringify(policies)).not.toMatch(/"Not(Action|Resource|Principal)"/);
  });

  test('allows roles to publish events only with the source of the pipeline', () => {
    const publishing = statements.filter(({ actions }) => actions.some((action) => action.startsWith('events:')));
    expect(publishing.length).toBeGreaterThan(0);
    for (const { actions, condition } of publishing) {
      expect(actions).toEqual(['events:PutEvents']);
      expect(condition).toEqual({ StringEquals: { 'events:source': eventSource } });
    }
  });

  test('allows services access only for this account or one resource', () => {
    const services = policies.filter(({ resource }) => resource.type !== 'AWS::IAM::Policy')
      .flatMap(({ document }) => statementsIn(document)).filter(({ effect, service }) => effect === 'Allow' && service !== undefined);
    for (const { condition } of services) expect(JSON.stringify(condition ?? {})).toMatch(/aws:Source(Arn|Account)|kms:EncryptionContext:aws:logs:arn/i);
  });

  test('has no policy with the principal *', () => {
    const open = policies.filter(({ resource }) => !isKeyPolicy(resource)).flatMap(({ document }) => document.Statement)
      .filter(({ Effect, Principal }: { Effect: string; Principal?: unknown }) => Effect === 'Allow' && /"\*"/.test(JSON.stringify(Principal ?? '')));
    expect(open).toEqual([]);
  });

  test('allows only the pipeline to invoke its functions', () => {
    for (const { properties } of ours.filter(({ type }) => type === 'AWS::Lambda::Permission')) expect(properties.SourceArn).toBeDefined();
    expect(ours.filter(({ type }) => type === 'AWS::Lambda::Url')).toEqual([]);
  });

  test('contains no API key value: API Gateway generates it', () => {
    for (const { properties } of ours.filter(({ type }) => type === 'AWS::ApiGateway::ApiKey')) {
      expect(properties).not.toHaveProperty('Value');
      expect(properties).not.toHaveProperty('GenerateDistinctId');
    }
  });

  test('contains no secret, also not in outputs and environment variables', () => {
    const { Outputs = {}, Parameters = {} } = template.toJSON();
    const environments = ours.map(({ properties }) => properties.Environment?.Variables ?? {});
    // The ARN of a secret is none.
    const names = environments.flatMap(Object.keys).filter((name) => !name.endsWith('_SECRET_ARN'));
    expect(names.filter((name) => /secret|password|token|api_?key|credential/i.test(name) && name !== 'TOKEN_KEY')).toEqual([]);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN|\{\{resolve:/);
    expect(JSON.stringify(Outputs)).not.toMatch(/SecretString|"Value":"[^"]*(secret|password)/i);
    // CDK itself adds the parameter with the bootstrap version.
    expect(Object.keys(Parameters)).toEqual(['BootstrapVersion']);
  });
});
