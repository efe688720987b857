import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { OrderEventBus, OrderPipeline, OrderProcessor } from '../../../src';
import { everythingOn, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { synth, synthPipeline, warningsOf } from '../../support/synth';
import { resourcesOf, roleStatements, statementsIn } from '../../support/template';

const KEY_ARN = 'arn:aws:kms:eu-central-1:111111111111:key/22222222-2222-2222-2222-222222222222';
const MUST_ALLOW = 'the policy of the imported encryptionKey cannot be changed from here; it must allow events.amazonaws.com '
  + 'kms:DescribeKey, kms:Decrypt, kms:GenerateDataKey*, kms:ReEncrypt*, or no event arrives';

const owned = synthPipeline(everythingOn, EVERYTHING_ON_ENV);
const imported = synthPipeline((stack: Stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN) }), EVERYTHING_ON_ENV);

const HANDLERS = ['ReceiveOrder', 'ValidateOrder', 'ProcessOrder', 'PublishOrderChanges', 'QueryOrders'];

const forEventBridge = (template: Template) => resourcesOf(template, 'AWS::KMS::Key')
  .flatMap(({ properties }) => statementsIn(properties.KeyPolicy))
  .filter(({ service }) => service === 'events.amazonaws.com');

describe('the policy of a key that the app owns', () => {
  test.each<[string, (stack: Stack, encryptionKey: Key) => unknown]>([
    ['a pipeline', (stack, encryptionKey) => new OrderPipeline(stack, 'Orders', { encryptionKey })],
    ['a bus alone', (stack, encryptionKey) => new OrderEventBus(stack, 'Events', { encryptionKey })],
    ['a processor alone', (stack, encryptionKey) =>
      new OrderProcessor(stack, 'Processor', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'), encryptionKey })],
  ])('lets EventBridge use it for what it does in this account: %s', (_, create) => {
    const { template } = synth((stack) => create(stack, new Key(stack, 'Key')), EVERYTHING_ON_ENV);
    expect(forEventBridge(template)).toContainEqual(expect.objectContaining({
      effect: 'Allow',
      actions: ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }));
  });

  test('does not let EventBridge use it for other accounts', () => {
    for (const { condition } of forEventBridge(owned.template)) {
      expect(condition?.StringEquals).toHaveProperty(['aws:SourceAccount'], { Ref: 'AWS::AccountId' });
    }
  });

  test('gives no warning', () => {
    expect(warningsOf(owned.stack)).toEqual([]);
  });
});

describe('an imported key', () => {
  test('gives a warning that says what its policy must allow', () => {
    const texts = warningsOf(imported.stack).map(({ text }) => text);
    expect(texts).toContainEqual(expect.stringContaining(MUST_ALLOW));
    expect(texts).toContainEqual(expect.stringContaining('[ack: cdk-order-pipeline:importedKey]'));
  });

  test('encrypts every queue, the table, the bus and the archive', () => {
    const { template } = imported;
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties.KmsMasterKeyId).toBe(KEY_ARN);
    for (const { properties } of resourcesOf(template, 'AWS::DynamoDB::GlobalTable')) {
      expect(properties.Replicas[0].SSESpecification.KMSMasterKeyId).toBe(KEY_ARN);
    }
    for (const type of ['AWS::Events::EventBus', 'AWS::Events::Archive']) {
      expect(resourcesOf(template, type).map(({ properties }) => properties.KmsKeyIdentifier)).toEqual([KEY_ARN]);
    }
  });
});

describe.each([['owned', owned], ['imported', imported]])('with an %s key', (_, { template }) => {
  test.each(HANDLERS)('a handler may decrypt what it takes or reads: %s', (handler) => {
    expect(kmsActions(handler)).toContain('kms:Decrypt');
  });

  test.each(HANDLERS.slice(0, 4))('a handler may encrypt what it sends: %s', (handler) => {
    expect(kmsActions(handler)).toContain('kms:GenerateDataKey');
  });

  test('the handler that only reads may only decrypt', () => {
    expect(kmsActions('QueryOrders')).toEqual(['kms:Decrypt']);
  });

  const kmsActions = (handler: string): string[] =>
    roleStatements(template, handler).flatMap(({ actions }) => actions).filter((action) => action.startsWith('kms:'));
});
