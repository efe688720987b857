import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { synthUnwatched, warningsOf } from '../support/synth';
import { actionsByResource, readable, resourceOf, resourcesOf, roleStatements } from '../support/template';
import { testApp } from '../support/test-app';
import { OrderPipeline, type OrderPipelineProps } from 'cdk-order-pipeline';

const HERE = { account: '111111111111', region: 'eu-central-1' };
const PUBLISHERS = ['ValidateFile', 'ExtractOrders', 'RecordFileOutcomes'];
const arnOf = ({ account = HERE.account, region = HERE.region } = {}) => `arn:aws:sns:${region}:${account}:alerts`;
const KEY_ARN = `arn:aws:kms:${HERE.region}:${HERE.account}:key/1`;

describe.each<[string, (stack: Stack) => ITopic, string]>([
  ['of the app', (stack) => new Topic(stack, 'Alerts'), 'Alerts'],
  ['of another stack', (stack) => new Topic(new Stack(stack.node.root, 'Other', { env: HERE }), 'Alerts'), '{"Fn::ImportValue":"Other:ExportsOutputRefAlerts'],
  ['that is imported', (stack) => Topic.fromTopicArn(stack, 'Alerts', arnOf()), arnOf()],
  ['of another account', (stack) => Topic.fromTopicArn(stack, 'Alerts', arnOf({ account: '222222222222' })), arnOf({ account: '222222222222' })],
])('an existing alert topic %s', (_, topicIn, arn) => {
  const { template, created, stack } = synthUnwatched((scope) => ({ alertTopic: topicIn(scope) }), HERE);

  test('receives the alerts, and no other topic is created', () => {
    for (const id of PUBLISHERS) {
      expect(readable(resourceOf(template, 'AWS::Lambda::Function', id).properties.Environment.Variables.ALERT_TOPIC_ARN)).toContain(arn);
      const [topic, actions] = Object.entries(actionsByResource(roleStatements(template, id))).find(([, each]) => each.includes('sns:Publish'))!;
      expect([topic, actions]).toEqual([expect.stringContaining(arn), ['sns:Publish']]);
    }
    expect(resourcesOf(template, 'AWS::SNS::Topic').filter(({ id }) => id.startsWith('Orders'))).toEqual([]);
    expect(created.files!.alertTopic.node.id).toBe('Alerts');
  });

  test('has the policy and subscriptions of its owner', () => {
    expect(resourcesOf(template).filter(({ type }) => ['AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription'].includes(type))).toEqual([]);
    // CDK's advice about references between stacks.
    expect(warningsOf(stack).filter(({ text }) => !String(text).includes('@aws-cdk/core:crossStackReferences'))).toEqual([]);
  });
});

test.each<[string, (stack: Stack) => ITopic, string]>([
  ['of the app', (stack) => new Topic(stack, 'Alerts', { masterKey: new Key(stack, 'Key') }), 'Key'],
  ['that is imported', (stack) => Topic.fromTopicAttributes(stack, 'Alerts', { topicArn: arnOf(), keyArn: KEY_ARN }), KEY_ARN],
])('the functions may use the key of an encrypted alert topic %s', (_, alertTopic, key) => {
  const { template } = synthUnwatched((stack) => ({ alertTopic: alertTopic(stack) }), HERE);
  for (const id of PUBLISHERS) expect(actionsByResource(roleStatements(template, id))[key]).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
});

test('two pipelines can have the same alert topic', () => {
  const stack = new Stack(testApp(), 'Test', { env: HERE });
  const alertTopic = new Topic(stack, 'Alerts');
  for (const id of ['One', 'Two']) expect(new OrderPipeline(new Stack(stack.node.root, id, { env: HERE }), 'Orders', { alertTopic }).files!.alertTopic).toBe(alertTopic);
});

test.each<[string, (stack: Stack) => OrderPipelineProps, string]>([
  ['a topic of another region', (stack) => ({ alertTopic: Topic.fromTopicArn(stack, 'Alerts', arnOf({ region: 'us-east-1' })) }),
    '`alertTopic` must be in the region of the stack, got 111111111111, us-east-1; use a topic of the region, and subscribe the other region to it'],
  ['a FIFO topic', (stack) => ({ alertTopic: new Topic(stack, 'Alerts', { fifo: true }) }), '`alertTopic` must be a standard topic, got a FIFO topic'],
  ['addresses of its subscribers', (stack) => ({ alertTopic: new Topic(stack, 'Alerts'), alertEmails: ['a@example.com'] }),
    '`alertTopic` cannot be set together with `alertEmails`'],
  ['its subscriptions', (stack) => ({ alertTopic: new Topic(stack, 'Alerts'), alertSubscriptions: [new UrlSubscription('https://example.com')] }),
    '`alertTopic` cannot be set together with `alertSubscriptions`'],
  ['no files', (stack) => ({ alertTopic: new Topic(stack, 'Alerts'), fileIngest: false }), '`alertTopic` cannot be set when `fileIngest` is false'],
])('fails with an alert topic and %s', (_, props, error) => {
  const stack = new Stack(testApp(), 'Test', { env: HERE });
  expect(() => new OrderPipeline(stack, 'Orders', props(stack))).toThrow(new Error(`Test/Orders: ${error}`));
});
