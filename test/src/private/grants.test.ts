import { HANDLER_ENV } from '../../../src/private/contract';
import { everythingOn, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { synthPipeline } from '../../support/synth';
import { actionsByResource, idOf, pascalCase, queueStatements, resourceOf, resourcesOf, roleStatements } from '../../support/template';

const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const CONSUME = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'];

/** What each handler may do, besides using the customer-managed key. */
const MAY: Record<keyof typeof HANDLER_ENV, readonly string[]> = {
  'receive-order': [...LOG, 'sqs:SendMessage'],
  'validate-order': [...LOG, ...CONSUME, 'events:PutEvents', 'sqs:SendMessage'],
  'process-order': [...LOG, ...CONSUME, 'dynamodb:PutItem', 'events:PutEvents', 'sqs:SendMessage'],
  'publish-order-changes': [
    ...LOG, 'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams',
    'events:PutEvents', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage',
  ],
  'query-orders': [...LOG, 'dynamodb:GetItem'],
  'validate-file': [
    ...LOG, ...CONSUME, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:PutObject',
    's3:AbortMultipartUpload', 'sns:Publish', 'events:PutEvents', 'sqs:SendMessage',
  ],
  'extract-orders': [
    ...LOG, ...CONSUME, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:PutObject',
    'events:PutEvents', 'sqs:SendMessage',
  ],
  'query-files': [...LOG, 'dynamodb:GetItem', 'dynamodb:Query'],
};

/** What the handlers of files may do to what, besides using the customer-managed key. */
const FILE_HANDLERS_MAY: Record<string, Record<string, readonly string[]>> = {
  ValidateFile: {
    'OrdersFilesValidateFileLogs': LOG,
    'OrdersFilesFilesQueue': CONSUME,
    'OrdersFilesFilesTable': ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    'OrdersFilesBucket/incoming/*': ['s3:GetObject', 's3:GetObjectVersion'],
    'OrdersFilesBucket': ['s3:ListBucket'],
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
    'OrdersFilesFilesTable': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    'OrdersFilesBucket/incoming/*': ['s3:GetObject', 's3:GetObjectVersion'],
    'OrdersFilesBucket': ['s3:ListBucket'],
    'OrdersFilesBucket/reports/*': ['s3:GetObject', 's3:PutObject'],
    'OrdersFilesValidFilesDeadLetterQueue': ['sqs:SendMessage'],
    'OrdersIngestOrdersQueue': ['sqs:SendMessage'],
    'OrdersEventsBus': ['events:PutEvents'],
  },
  QueryFiles: {
    'OrdersQueriesQueryFilesLogs': LOG,
    'OrdersFilesFilesTable': ['dynamodb:GetItem'],
    'OrdersFilesFilesTable/index/byState': ['dynamodb:Query'],
  },
};

describe.each([
  ['without props', 'orders', synthPipeline().template],
  ['with everything on', 'shop.orders', synthPipeline(everythingOn, EVERYTHING_ON_ENV).template],
])('the permissions in a pipeline %s', (_, eventSource, template) => {
  test.each(Object.entries(MAY))('%s may do what it does and nothing else', (handler, may) => {
    const actions = roleStatements(template, pascalCase(handler)).flatMap((statement) => statement.actions);
    const withoutKey = actions.filter((action) => !action.startsWith('kms:'));
    expect([...new Set(withoutKey)].sort()).toEqual([...may].sort());
  });

  test.each(Object.entries(FILE_HANDLERS_MAY))('%s may do it to these resources and no others', (handler, may) => {
    const statements = roleStatements(template, handler)
      .map(({ actions, ...statement }) => ({ ...statement, actions: actions.filter((action) => !action.startsWith('kms:')) }))
      .filter(({ actions }) => actions.length > 0);
    expect(statements.every(({ effect }) => effect === 'Allow')).toBe(true);
    const expected = Object.entries(may).map(([resource, actions]) => [resource, [...actions].sort()]);
    expect(actionsByResource(statements)).toEqual(Object.fromEntries(expected));
  });

  test.each(['ValidateFile', 'ExtractOrders'])('%s may list no files but those that were dropped', (handler) => {
    const listing = roleStatements(template, handler).filter(({ actions }) => actions.includes('s3:ListBucket'));
    expect(listing).toMatchObject([{ condition: { StringLike: { 's3:prefix': ['incoming/*'] } } }]);
  });

  test('let handlers use the key of the pipeline and no other', () => {
    const keys = resourcesOf(template, 'AWS::KMS::Key').map(({ id }) => id);
    const used = roleStatements(template).filter(({ actions }) => actions.some((action) => action.startsWith('kms:')));
    expect(new Set(used.flatMap(({ resources }) => resources.map((resource) => idOf(resource as { Ref?: string }))))).toEqual(new Set(keys));
  });

  test.each(Object.keys(MAY))('%s has a role of its own, without managed policies', (handler) => {
    const role = resourceOf(template, 'AWS::IAM::Role', `${pascalCase(handler)}Role`);
    expect(role.properties).not.toHaveProperty('ManagedPolicyArns');
    const users = resourcesOf(template, 'AWS::Lambda::Function').filter(({ properties }) => idOf(properties.Role) === role.id);
    expect(users).toHaveLength(1);
  });

  test('never name every action of a service, or every resource', () => {
    const statements = roleStatements(template);
    expect(statements.length).toBeGreaterThan(10);
    for (const { actions, resources } of statements) {
      expect(actions).not.toContainEqual(expect.stringMatching(/^(\w+:)?\*$/));
      expect(resources).not.toContain('*');
    }
  });

  test('let handlers publish under the source of the pipeline only', () => {
    const publishing = roleStatements(template).filter(({ actions }) => actions.includes('events:PutEvents'));
    expect(publishing).toHaveLength(5);
    for (const { condition } of publishing) expect(condition).toEqual({ StringEquals: { 'events:source': eventSource } });
  });
});

describe.each([
  ['without props', synthPipeline().template],
  ['with everything on', synthPipeline(everythingOn, EVERYTHING_ON_ENV).template],
])('the rules of a pipeline %s', (_, template) => {
  const targets = resourcesOf(template, 'AWS::Events::Rule').flatMap(({ id: rule, properties }) =>
    properties.Targets.map((target: { Arn: object; DeadLetterConfig?: { Arn: object } }) => ({
      rule, queue: idOf(target.Arn)!, deadLetterQueue: idOf(target.DeadLetterConfig?.Arn ?? {})!,
    })) as { rule: string; queue: string; deadLetterQueue: string }[]);

  const eventBridgeMaySend = (queue: string) =>
    queueStatements(template, queue).filter(({ effect, service, actions }) =>
      effect === 'Allow' && service === 'events.amazonaws.com' && actions.includes('sqs:SendMessage'));
  const fromRule = (rule: string) => ({ ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule, 'Arn'] } } });

  test('have one target each, a queue of the pipeline, with a dead-letter queue that is standard', () => {
    expect(targets).toHaveLength(2);
    for (const { queue, deadLetterQueue } of targets) {
      expect(resourceOf(template, 'AWS::SQS::Queue', 'ProcessingQueue').id).toBe(queue);
      const { id, properties } = resourceOf(template, 'AWS::SQS::Queue', 'ProcessingDeadLetterQueue');
      expect(id).toBe(deadLetterQueue);
      expect(properties).not.toHaveProperty('FifoQueue');
    }
  });

  test('may send to their dead-letter queue, each by its ARN', () => {
    for (const { rule, deadLetterQueue } of targets) {
      expect(eventBridgeMaySend(deadLetterQueue)).toContainEqual(expect.objectContaining({ condition: fromRule(rule) }));
    }
  });

  test('may send to their target, and no rule of somebody else may', () => {
    for (const { queue } of targets) {
      const statements = eventBridgeMaySend(queue);
      expect(statements).not.toEqual([]);
      for (const { condition } of statements) expect(JSON.stringify(condition ?? {})).toMatch(/aws:Source(Arn|Account)/);
    }
  });
});
