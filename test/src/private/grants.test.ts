import { HANDLER_ENV } from '../../../src/private/contract';
import { everythingOn, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { synthPipeline } from '../../support/synth';
import { idOf, pascalCase, queueStatements, resourceOf, resourcesOf, roleStatements } from '../../support/template';

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
    expect(publishing).toHaveLength(3);
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
