import type { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { grantOrdersTableAccess } from '../../../src/private/grants';
import { everythingOn, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { DEFAULT_HANDLERS } from '../../support/optional-handlers';
import { PIPELINE_HANDLERS, type PipelineHandler } from '../../support/pipeline-handlers';
import { synth, synthPipeline } from '../../support/synth';
import {
  actionsByResource, idOf, isOfNetworkInterfaces, isOfTracing, pascalCase, queueStatements, resourceOf, resourcesOf, roleStatements, type Statement,
} from '../../support/template';

const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const CONSUME = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'];

/** What a handler of commands does. */
const COMMANDS = [...LOG, ...CONSUME, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'events:PutEvents', 'sqs:SendMessage'];

/** What each handler may do, besides using the customer-managed key. */
const MAY: Record<PipelineHandler, readonly string[]> = {
  'receive-order': [...LOG, 'sqs:SendMessage'],
  'receive-order-change': [...LOG, 'sqs:SendMessage'],
  'receive-order-cancellation': [...LOG, 'sqs:SendMessage'],
  'receive-order-event': [...LOG, ...CONSUME, 'sqs:SendMessage'],
  'receive-source-orders': [...LOG, ...CONSUME, 'sqs:SendMessage'],
  'validate-order': [...LOG, ...CONSUME, 'dynamodb:PartiQLInsert', 'dynamodb:PutItem', 'dynamodb:Query', 'events:PutEvents', 'sqs:SendMessage'],
  'process-order': [...LOG, ...CONSUME, 'dynamodb:GetItem', 'dynamodb:PutItem', 'sqs:SendMessage'],
  'change-order': COMMANDS,
  'cancel-order': COMMANDS,
  'fulfill-order': COMMANDS,
  'decide-confirmation': COMMANDS,
  'request-confirmation': [...LOG, ...CONSUME, 'events:PutEvents', 'lambda:InvokeFunction', 'sqs:SendMessage'],
  'expire-pending-commands': [
    ...LOG, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage',
  ],
  'publish-order-changes': [
    ...LOG, 'dynamodb:PartiQLInsert', 'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams',
    'events:PutEvents', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage',
  ],
  'query-orders': [...LOG, 'dynamodb:GetItem', 'dynamodb:Query'],
  'record-order-event': [...LOG, ...CONSUME, 'dynamodb:PutItem', 'sqs:SendMessage'],
  'publish-to-stream': [...LOG, ...CONSUME, 'kinesis:PutRecord', 'sqs:SendMessage'],
  'query-order-events': [...LOG, 'dynamodb:Query'],
  'validate-file': [
    ...LOG, ...CONSUME, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:ListBucketVersions', 's3:PutObject',
    's3:AbortMultipartUpload', 'sns:Publish', 'events:PutEvents', 'sqs:SendMessage',
  ],
  'extract-orders': [
    ...LOG, ...CONSUME, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:ListBucketVersions', 's3:PutObject',
    'dynamodb:Query', 'events:PutEvents', 'sns:Publish', 'sqs:SendMessage',
  ],
  'record-file-outcomes': [
    ...LOG, 'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams',
    'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query',
    'events:PutEvents', 'sns:Publish', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage',
  ],
  'authorize-live-connection': LOG,
  'receive-live-message': [
    ...LOG, 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'execute-api:ManageConnections',
  ],
  'find-live-subscribers': [...LOG, ...CONSUME, 'dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'sqs:SendMessage'],
  'send-live-updates': [...LOG, ...CONSUME, 'dynamodb:DeleteItem', 'execute-api:ManageConnections', 'sqs:SendMessage'],
  'redrive-dead-letters': [
    ...LOG, 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage', 'events:PutEvents',
    'lambda:InvokeFunction',
  ],
  'query-files': [...LOG, 'dynamodb:GetItem', 'dynamodb:Query'],
  'create-webhook-deliveries': [...LOG, ...CONSUME, 'dynamodb:PutItem', 'dynamodb:Query', 'sqs:SendMessage'],
  'deliver-webhooks': [
    ...LOG, ...CONSUME, 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'events:PutEvents',
    'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'sns:Publish', 'sqs:SendMessage',
  ],
  'manage-webhooks': [
    ...LOG, 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'secretsmanager:DescribeSecret',
    'secretsmanager:GetSecretValue', 'sqs:SendMessage',
  ],
  'resolve-graphql-query': [...LOG, 'dynamodb:GetItem', 'dynamodb:Query'],
  'resolve-graphql-mutation': [...LOG, 'sqs:SendMessage'],
  'notify-graphql-subscribers': [...LOG, ...CONSUME, 'sqs:SendMessage', 'appsync:GraphQL'],
};

/** What some may do besides, where everything is on: ask the hook, say who reads, and read whose order it is. */
const MAY_BESIDES: Partial<typeof MAY> = {
  'validate-order': ['lambda:InvokeFunction', 'dynamodb:UpdateItem'],
  'query-orders': ['events:PutEvents'],
  'query-order-events': ['events:PutEvents', 'dynamodb:GetItem'],
  'receive-order-change': ['dynamodb:GetItem'],
  'receive-order-cancellation': ['dynamodb:GetItem'],
  'receive-live-message': ['events:PutEvents'],
  'resolve-graphql-query': ['events:PutEvents'],
  'resolve-graphql-mutation': ['dynamodb:GetItem'],
};

/** What some may do to what besides. */
const MAY_DO_TO_BESIDES: Record<string, Record<string, readonly string[]>> = {
  ReceiveOrderChange: { OrdersProcessorOrdersTable: ['dynamodb:GetItem'] },
  ReceiveOrderCancellation: { OrdersProcessorOrdersTable: ['dynamodb:GetItem'] },
};

/** What the handlers of commands may do to what, besides that. */
const commandHandlerMay = (handler: string, flow: string) => ({
  [`OrdersLifecycle${handler}Logs`]: LOG,
  [`OrdersLifecycle${flow}Queue`]: CONSUME,
  [`OrdersLifecycle${flow}DeadLetterQueue`]: ['sqs:SendMessage'],
  OrdersProcessorOrdersTable: ['dynamodb:GetItem', 'dynamodb:PutItem'],
  OrdersIngestSequenceTable: ['dynamodb:PutItem', 'dynamodb:Query'],
  OrdersEventsBus: ['events:PutEvents'],
});

/** What handlers may do to what, besides using the customer-managed key and what is only where everything is on. */
const MAY_DO_TO: Record<string, Record<string, readonly string[]>> = {
  ReceiveOrder: { OrdersIngestReceiveOrderLogs: LOG, OrdersIngestOrdersQueue: ['sqs:SendMessage'] },
  ReceiveOrderEvent: {
    OrdersBusIngestReceiveOrderEventLogs: LOG,
    OrdersBusIngestPlacementQueue: CONSUME,
    OrdersBusIngestPlacementDeadLetterQueue: ['sqs:SendMessage'],
    OrdersIngestOrdersQueue: ['sqs:SendMessage'],
  },
  ReceiveOrderChange: { OrdersLifecycleReceiveOrderChangeLogs: LOG, OrdersIngestOrdersQueue: ['sqs:SendMessage'] },
  ReceiveOrderCancellation: { OrdersLifecycleReceiveOrderCancellationLogs: LOG, OrdersIngestOrdersQueue: ['sqs:SendMessage'] },
  ProcessOrder: {
    OrdersProcessorProcessOrderLogs: LOG,
    OrdersProcessorProcessingQueue: CONSUME,
    OrdersProcessorProcessingDeadLetterQueue: ['sqs:SendMessage'],
    OrdersProcessorOrdersTable: ['dynamodb:GetItem', 'dynamodb:PutItem'],
  },
  ChangeOrder: commandHandlerMay('ChangeOrder', 'Change'),
  CancelOrder: commandHandlerMay('CancelOrder', 'Cancellation'),
  FulfillOrder: commandHandlerMay('FulfillOrder', 'Fulfillment'),
  ExpirePendingCommands: {
    'OrdersProcessorExpirePendingCommandsLogs': LOG,
    'OrdersProcessorOrdersTable': ['dynamodb:GetItem', 'dynamodb:PutItem'],
    'OrdersProcessorOrdersTable/index/byPendingUntil': ['dynamodb:Query'],
    'OrdersProcessorExpiryDeadLetterQueue': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
  RecordOrderEvent: {
    OrdersHistoryRecordOrderEventLogs: LOG,
    OrdersHistoryHistoryQueue: CONSUME,
    OrdersHistoryHistoryDeadLetterQueue: ['sqs:SendMessage'],
    OrdersHistoryHistoryTable: ['dynamodb:PutItem'],
  },
  ValidateFile: {
    'OrdersFilesValidateFileLogs': LOG,
    'OrdersFilesFilesQueue': CONSUME,
    'OrdersFilesFilesTable': ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    'OrdersFilesBucket/incoming/*': ['s3:GetObject', 's3:GetObjectVersion'],
    'OrdersFilesBucket': ['s3:ListBucket', 's3:ListBucketVersions'],
    'OrdersFilesBucket/reports/*': ['s3:AbortMultipartUpload', 's3:PutObject'],
    'OrdersFilesValidFilesQueue': ['sqs:SendMessage'],
    'OrdersFilesFilesDeadLetterQueue': ['sqs:SendMessage'],
    'OrdersFilesAlertTopic': ['sns:Publish'],
    'OrdersEventsBus': ['events:PutEvents'],
  },
  ExtractOrders: {
    'OrdersFilesExtractOrdersLogs': LOG,
    // It wakes itself.
    'OrdersFilesValidFilesQueue': [...CONSUME, 'sqs:SendMessage'],
    'OrdersFilesFilesTable': ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    'OrdersFilesAlertTopic': ['sns:Publish'],
    'OrdersFilesBucket/incoming/*': ['s3:GetObject', 's3:GetObjectVersion'],
    'OrdersFilesBucket': ['s3:ListBucket', 's3:ListBucketVersions'],
    'OrdersFilesBucket/reports/*': ['s3:GetObject', 's3:PutObject'],
    'OrdersFilesValidFilesDeadLetterQueue': ['sqs:SendMessage'],
    'OrdersIngestOrdersQueue': ['sqs:SendMessage'],
    'OrdersEventsBus': ['events:PutEvents'],
  },
  RecordFileOutcomes: {
    'OrdersFileOutcomesRecordFileOutcomesLogs': LOG,
    'OrdersFilesFilesTable': ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    'OrdersFilesAlertTopic': ['sns:Publish'],
    'OrdersEventsBus': ['events:PutEvents'],
    'OrdersFileOutcomesDeadLetterQueue': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
    'OrdersProcessorOrdersTable': ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    'OrdersProcessorOrdersTable/stream/*': ['dynamodb:ListStreams'],
  },
  QueryFiles: {
    'OrdersQueriesQueryFilesLogs': LOG,
    'OrdersFilesFilesTable': ['dynamodb:GetItem', 'dynamodb:Query'],
    'OrdersFilesFilesTable/index/byState': ['dynamodb:Query'],
  },
};

const minimal = synthPipeline().template;
const everything = synthPipeline(everythingOn, EVERYTHING_ON_ENV).template;

/** The permissions of the roles. `vpc.test.ts` has those for network interfaces. */
const grantsOf = (template: Template, handler?: string): Statement[] =>
  roleStatements(template, handler).filter((statement) => !isOfNetworkInterfaces(statement) && !isOfTracing(statement));

describe.each([
  ['without props', 'orders', minimal, DEFAULT_HANDLERS, {}, {}],
  ['with everything on', 'shop.orders', everything, PIPELINE_HANDLERS, MAY_BESIDES, MAY_DO_TO_BESIDES],
])('the permissions in a pipeline %s', (_, eventSource, template, handlers, besides: Partial<typeof MAY>, toBesides: typeof MAY_DO_TO_BESIDES) => {
  test.each(handlers)('%s may do what it does and nothing else', (handler) => {
    const may = [...MAY[handler], ...besides[handler] ?? []];
    const actions = grantsOf(template, pascalCase(handler)).flatMap((statement) => statement.actions);
    const withoutKey = actions.filter((action) => !action.startsWith('kms:'));
    expect([...new Set(withoutKey)].sort()).toEqual([...may].sort());
  });

  test.each(Object.entries(MAY_DO_TO))('%s may do it to these resources and no others', (handler, may) => {
    const statements = grantsOf(template, handler)
      .map(({ actions, ...statement }) => ({ ...statement, actions: actions.filter((action) => !action.startsWith('kms:')) }))
      .filter(({ actions }) => actions.length > 0);
    expect(statements.every(({ effect }) => effect === 'Allow')).toBe(true);
    const expected = Object.entries({ ...may, ...toBesides[handler] }).map(([resource, actions]) => [resource, [...actions].sort()]);
    expect(actionsByResource(statements)).toEqual(Object.fromEntries(expected));
  });

  test.each(['ValidateFile', 'ExtractOrders'])('%s may list no files but those that were dropped', (handler) => {
    const listing = grantsOf(template, handler).filter(({ actions }) => actions.includes('s3:ListBucket'));
    expect(listing).toMatchObject([{ condition: { StringLike: { 's3:prefix': ['incoming/*'] } } }]);
  });

  test('let handlers use the key of the pipeline and no other', () => {
    const keys = resourcesOf(template, 'AWS::KMS::Key').map(({ id }) => id);
    const used = grantsOf(template).filter(({ actions }) => actions.some((action) => action.startsWith('kms:')));
    expect(new Set(used.flatMap(({ resources }) => resources.map((resource) => idOf(resource as { Ref?: string }))))).toEqual(new Set(keys));
  });

  test.each(handlers)('%s has a role of its own, without managed policies', (handler) => {
    const role = resourceOf(template, 'AWS::IAM::Role', `${pascalCase(handler)}Role`);
    expect(role.properties).not.toHaveProperty('ManagedPolicyArns');
    const users = resourcesOf(template, 'AWS::Lambda::Function').filter(({ properties }) => idOf(properties.Role) === role.id);
    expect(users).toHaveLength(1);
  });

  test('never name every action of a service, or every resource', () => {
    const statements = grantsOf(template);
    expect(statements.length).toBeGreaterThan(10);
    for (const { actions, resources } of statements) {
      expect(actions).not.toContainEqual(expect.stringMatching(/^(\w+:)?\*$/));
      expect(resources).not.toContain('*');
    }
  });

  test('let handlers publish under the source of the pipeline only', () => {
    const publishing = grantsOf(template).filter(({ actions }) => actions.includes('events:PutEvents'));
    const publishers = [...Object.entries(MAY).filter(([handler]) => handlers.some((each) => each === handler)), ...Object.entries(besides)].filter(([, actions]) => actions.includes('events:PutEvents'));
    expect(publishing).toHaveLength(publishers.length);
    for (const { condition } of publishing) expect(condition).toEqual({ StringEquals: { 'events:source': eventSource } });
  });
});

describe.each([
  ['without props', minimal],
  ['with everything on', everything],
])('the rules of a pipeline %s', (_, template) => {
  const rules = resourcesOf(template, 'AWS::Events::Rule');
  const targets = rules.flatMap(({ id: rule, properties }) =>
    properties.Targets.map((target: { Arn: object; DeadLetterConfig?: { Arn: object } }) => ({
      rule, target: idOf(target.Arn)!, deadLetterQueue: idOf(target.DeadLetterConfig?.Arn ?? {})!,
    })) as { rule: string; target: string; deadLetterQueue: string }[]);
  const queues = new Map(resourcesOf(template, 'AWS::SQS::Queue').map(({ id, properties }) => [id, properties]));
  const intoQueues = targets.filter(({ target }) => queues.has(target));

  const eventBridgeMaySend = (queue: string) =>
    queueStatements(template, queue).filter(({ effect, service, actions }) =>
      effect === 'Allow' && service === 'events.amazonaws.com' && actions.includes('sqs:SendMessage'));
  const fromRule = (rule: string) => ({ ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule, 'Arn'] } } });

  test('have one target each: a queue of the pipeline, or for the schedule a function', () => {
    expect(targets.map(({ rule }) => rule)).toEqual(rules.map(({ id }) => id));
    const others = targets.filter((target) => !intoQueues.includes(target));
    expect(others.map(({ target }) => target)).toEqual([resourceOf(template, 'AWS::Lambda::Function', 'ExpirePendingCommands').id]);
  });

  test('leave what they cannot deliver in a dead-letter queue that is standard, and that of the target where it has one', () => {
    for (const { target, deadLetterQueue } of targets) {
      expect(queues.get(deadLetterQueue)).toBeDefined();
      expect(queues.get(deadLetterQueue)).not.toHaveProperty('FifoQueue');
      const own = queues.get(target)?.RedrivePolicy.deadLetterTargetArn;
      expect(own === undefined ? deadLetterQueue : idOf(own)).toBe(deadLetterQueue);
    }
  });

  test('may send to their dead-letter queue, each by its ARN', () => {
    for (const { rule, deadLetterQueue } of targets) {
      expect(eventBridgeMaySend(deadLetterQueue)).toContainEqual(expect.objectContaining({ condition: fromRule(rule) }));
    }
  });

  test('can send to their target, and rules of other accounts cannot', () => {
    expect(intoQueues.length).toBeGreaterThan(1);
    for (const { target } of intoQueues) {
      const statements = eventBridgeMaySend(target);
      expect(statements).not.toEqual([]);
      for (const { condition } of statements) expect(JSON.stringify(condition ?? {})).toMatch(/aws:Source(Arn|Account)/);
    }
  });
});

describe('the use of a table', () => {
  const used = (actions: Parameters<typeof grantOrdersTableAccess>[2], ...indexes: string[]) => {
    const { template } = synth((stack) => {
      const handler = new Function(stack, 'Handler', { runtime: Runtime.NODEJS_LATEST, handler: 'index.handler', code: Code.fromInline('//') });
      const encryption = TableEncryptionV2.customerManagedKey(new Key(stack, 'Key'));
      const table = new TableV2(stack, 'Table', { partitionKey: { name: 'orderId', type: AttributeType.STRING }, encryption });
      grantOrdersTableAccess(handler, table, actions, ...indexes);
    }, EVERYTHING_ON_ENV);
    const { Variables } = resourceOf(template, 'AWS::Lambda::Function', 'Handler').properties.Environment;
    const may: Record<string, unknown> = actionsByResource(grantsOf(template).filter(({ effect }) => effect === 'Allow'));
    return { ...may, Variables };
  };
  const Variables = { ORDERS_TABLE_NAME: { Ref: expect.stringMatching(/^Table/) } };
  const READ = ['kms:Decrypt'];
  const WRITE = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

  test('is of the table itself where no index is named', () => {
    expect(used(['dynamodb:GetItem', 'dynamodb:Query'])).toEqual({ Table: ['dynamodb:GetItem', 'dynamodb:Query'], Key: READ, Variables });
  });

  test('is queries of the indexes named, and of no others and not of the table', () => {
    expect(used(['dynamodb:GetItem', 'dynamodb:Query'], 'one', 'two')).toEqual({
      'Table': ['dynamodb:GetItem'], 'Table/index/one': ['dynamodb:Query'], 'Table/index/two': ['dynamodb:Query'], 'Key': READ, Variables,
    });
  });

  test('is nothing of the table where there are only queries of an index', () => {
    expect(used(['dynamodb:Query'], 'one')).toEqual({ 'Table/index/one': ['dynamodb:Query'], 'Key': READ, Variables });
  });

  test('is of no index where nothing is queried', () => {
    expect(used(['dynamodb:PutItem'], 'one')).toEqual({ Table: ['dynamodb:PutItem'], Key: WRITE, Variables });
  });

  test.each(['dynamodb:PutItem', 'dynamodb:UpdateItem'] as const)('takes encrypting as well as decrypting where there is %s', (action) => {
    expect(used(['dynamodb:GetItem', action])).toMatchObject({ Key: WRITE });
  });
});
