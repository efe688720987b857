import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { BatchFileIngest, OrderEventBus, OrderEventHistory, OrderLifecycleFlows, OrderPipeline, OrderProcessor } from '../../../src';
import { allParts } from '../../support/all-parts';
import { everythingOn, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { PIPELINE_HANDLERS } from '../../support/pipeline-handlers';
import { synth, synthPipeline, warningsBesidesSize } from '../../support/synth';
import { pascalCase, resourcesOf, roleStatements, statementsIn } from '../../support/template';

const KEY_ARN = 'arn:aws:kms:eu-central-1:111111111111:key/22222222-2222-2222-2222-222222222222';
const mustAllow = (service: string, otherwise: string, more = '') =>
  `the policy of the imported \`encryptionKey\` cannot be changed by this stack; it must allow ${service} `
  + `${more}kms:DescribeKey, kms:Decrypt, kms:GenerateDataKey*, kms:ReEncrypt*, or ${otherwise} [ack: cdk-order-pipeline:importedKey]`;

const owned = synthPipeline(everythingOn, EVERYTHING_ON_ENV);
const imported = synthPipeline((stack: Stack) => ({ ...allParts(stack), encryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN) }), EVERYTHING_ON_ENV);

const READING = ['QueryOrders', 'QueryOrderEvents', 'QueryFiles', 'ResolveGraphqlQuery'];
/** It uses nothing that is encrypted. */
const WITHOUT_KEY = ['AuthorizeLiveConnection'];
const WRITING = PIPELINE_HANDLERS.map(pascalCase).filter((handler) => ![...READING, ...WITHOUT_KEY].includes(handler));

const SERVICES = ['events.amazonaws.com', 's3.amazonaws.com'];
const statementsFor = (service: string, template: Template) => resourcesOf(template, 'AWS::KMS::Key')
  .flatMap(({ properties }) => statementsIn(properties.KeyPolicy))
  .filter((statement) => statement.service === service);

const existing = (stack: Stack) => ({
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  ordersQueue: Queue.fromQueueArn(stack, 'OrdersQueue', 'arn:aws:sqs:eu-central-1:111111111111:orders.fifo'),
});

describe('the policy of a key that the app owns', () => {
  test.each<[string, string, (stack: Stack, encryptionKey: Key) => unknown]>([
    ['events.amazonaws.com', 'a pipeline', (stack, encryptionKey) => new OrderPipeline(stack, 'Orders', { encryptionKey })],
    ['events.amazonaws.com', 'a bus alone', (stack, encryptionKey) => new OrderEventBus(stack, 'Events', { encryptionKey })],
    ['events.amazonaws.com', 'a processor alone', (stack, encryptionKey) =>
      new OrderProcessor(stack, 'Processor', { eventBus: existing(stack).eventBus, encryptionKey })],
    ['events.amazonaws.com', 'a history alone', (stack, encryptionKey) =>
      new OrderEventHistory(stack, 'History', { eventBus: existing(stack).eventBus, encryptionKey })],
    ['events.amazonaws.com', 'the flows of an order\'s life alone', (stack, encryptionKey) => new OrderLifecycleFlows(stack, 'Lifecycle', {
      eventBus: existing(stack).eventBus,
      ordersTable: TableV2.fromTableName(stack, 'OrdersTable', 'orders'),
      sequenceTable: TableV2.fromTableName(stack, 'SequenceTable', 'places'),
      encryptionKey,
    })],
    ['s3.amazonaws.com', 'a pipeline', (stack, encryptionKey) => new OrderPipeline(stack, 'Orders', { encryptionKey })],
    ['s3.amazonaws.com', 'a file ingest alone', (stack, encryptionKey) => new BatchFileIngest(stack, 'Files', { ...existing(stack), encryptionKey })],
  ])('lets %s use it for what it does in this account: %s', (service, _, create) => {
    const { template } = synth((stack) => create(stack, new Key(stack, 'Key')), EVERYTHING_ON_ENV);
    expect(statementsFor(service, template)).toContainEqual(expect.objectContaining({
      effect: 'Allow',
      actions: ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }));
  });

  test.each(SERVICES)('does not let %s use it for other accounts', (service) => {
    expect(statementsFor(service, owned.template)).not.toEqual([]);
    for (const { condition } of statementsFor(service, owned.template)) {
      expect(condition?.StringEquals).toHaveProperty(['aws:SourceAccount'], { Ref: 'AWS::AccountId' });
    }
  });

  test('is left alone by S3 where there are no files', () => {
    const { template } = synthPipeline((stack: Stack) => ({ encryptionKey: new Key(stack, 'Key'), fileIngest: false }), EVERYTHING_ON_ENV);
    expect(statementsFor('s3.amazonaws.com', template)).toEqual([]);
  });

  test('gives no warning', () => {
    expect(warningsBesidesSize(owned.stack)).toEqual([]);
  });
});

describe('an imported key', () => {
  test('gives a warning for each service that its policy must allow', () => {
    const texts = new Set(warningsBesidesSize(imported.stack).map(({ text }) => text));
    expect(texts).toEqual(new Set([
      mustAllow('events.amazonaws.com', 'EventBridge cannot deliver events'),
      mustAllow('s3.amazonaws.com', 'S3 cannot send notifications'),
      mustAllow('logs.eu-central-1.amazonaws.com', 'log groups cannot be created', 'kms:Encrypt, '),
    ]));
  });

  test('encrypts every queue, the tables, the bus, the archive, the bucket and the topic', () => {
    const { template } = imported;
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties.KmsMasterKeyId).toBe(KEY_ARN);
    for (const { properties } of resourcesOf(template, 'AWS::DynamoDB::GlobalTable')) {
      expect(properties.Replicas[0].SSESpecification.KMSMasterKeyId).toBe(KEY_ARN);
    }
    expect(resourcesOf(template, 'AWS::S3::Bucket')[0].properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { KMSMasterKeyID: KEY_ARN, SSEAlgorithm: 'aws:kms' } },
    ]);
    expect(resourcesOf(template, 'AWS::SNS::Topic')[0].properties.KmsMasterKeyId).toBe(KEY_ARN);
    for (const type of ['AWS::Events::EventBus', 'AWS::Events::Archive']) {
      expect(resourcesOf(template, type).map(({ properties }) => properties.KmsKeyIdentifier)).toEqual([KEY_ARN]);
    }
  });
});

describe.each([['owned', owned], ['imported', imported]])('with an %s key', (_, { template }) => {
  test.each([...WRITING, ...READING])('a handler may decrypt what it takes or reads: %s', (handler) => {
    expect(kmsActions(handler)).toContain('kms:Decrypt');
  });

  test.each(WRITING)('a handler may encrypt what it sends: %s', (handler) => {
    expect(kmsActions(handler)).toContainEqual(expect.stringMatching(/^kms:GenerateDataKey\*?$/));
  });

  test.each(READING)('a handler that only reads may only decrypt: %s', (handler) => {
    expect(kmsActions(handler)).toEqual(['kms:Decrypt']);
  });

  const kmsActions = (handler: string): string[] =>
    roleStatements(template, handler).flatMap(({ actions }) => actions).filter((action) => action.startsWith('kms:'));
});
