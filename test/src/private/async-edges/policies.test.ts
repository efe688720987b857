import { allows, type AccessRequest } from '../../../../src/private/async-edges/policies';
import { TemplateIndex } from '../../../../src/private/async-edges/template-index';

const index = new TemplateIndex({
  Queue: { Type: 'AWS::SQS::Queue' }, Other: { Type: 'AWS::SQS::Queue' }, Rule: { Type: 'AWS::Events::Rule' }, Role: { Type: 'AWS::IAM::Role' },
});
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const [queue, source, role] = ['Queue', 'Rule', 'Role'].map((id) => index.find({ Ref: id })!);
const service = 'events.amazonaws.com';
const request: AccessRequest = { action: 'sqs:SendMessage', resource: queue, service, source };
const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sqs:SendMessage', Resource: arn('Queue') };
const when = (key: string, value: unknown, operator = 'ArnEquals') => ({ Condition: { [operator]: { [key]: value } } });

describe('a policy allows the request of a service', () => {
  test.each<[string, object]>([
    ['for a statement with the service as its principal', {}],
    ['for a statement with several services as principals', { Principal: { Service: ['s3.amazonaws.com', service] } }],
    ['for a service principal whose suffix depends on the partition', { Principal: { Service: { 'Fn::Join': ['', ['events.', { Ref: 'AWS::URLSuffix' }]] } } }],
    ['for the principal *', { Principal: '*' }],
    ['for the AWS principal *', { Principal: { AWS: '*' } }],
    ['for one of several actions', { Action: ['sqs:GetQueueUrl', 'SQS:SendMessage'] }],
    ['for a wildcard action', { Action: 'sqs:*' }],
    ['for the resource *', { Resource: '*' }],
    ['for a resource that is resolved at deployment', { Resource: { 'Fn::ImportValue': 'Other:Queue' } }],
    ['for a condition on the source ARN', when('aws:SourceArn', arn('Rule'))],
    ['for a condition on several source ARNs', when('AWS:SourceArn', [arn('Other'), arn('Rule')], 'ArnLike')],
    ['for a condition on a source ARN that is resolved at deployment', when('aws:SourceArn', 'arn:aws:events:*:*:rule/*', 'ArnLike')],
    ['for a condition on the source account', when('aws:SourceAccount', { Ref: 'AWS::AccountId' }, 'StringEquals')],
    ['for a condition that excludes another source', when('aws:SourceArn', arn('Other'), 'ArnNotEquals')],
  ])('%s', (_, change) => {
    expect(allows([{ ...statement, ...change }], request, index)).toBe(true);
  });
});

describe('a policy does not allow the request of a service', () => {
  test.each<[string, object]>([
    ['for a statement with another service as its principal', { Principal: { Service: 's3.amazonaws.com' } }],
    ['for a statement with a role as its principal', { Principal: { AWS: arn('Role') } }],
    ['for another action', { Action: 'sqs:ReceiveMessage' }],
    ['for another resource', { Resource: arn('Other') }],
    ['for a condition on another source ARN', when('aws:SourceArn', arn('Other'))],
    ['for a statement that denies it', { Effect: 'Deny' }],
  ])('%s', (_, change) => {
    expect(allows([{ ...statement, ...change }], request, index)).toBe(false);
  });

  test('for one statement that allows it and one that denies it', () => {
    expect(allows([statement, { ...statement, Effect: 'Deny', Principal: '*' }], request, index)).toBe(false);
  });

  test('without statements', () => {
    expect(allows([], request, index)).toBe(false);
  });
});

test('a conditional Deny, such as for requests without TLS, does not deny other requests', () => {
  const tls = { ...statement, Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  expect(allows([statement, tls], request, index)).toBe(true);
});

test('a resource policy has a role as its principal, and a policy of the role has no principal', () => {
  const byRole: AccessRequest = { action: 'kms:GenerateDataKey', resource: queue, role };
  const allow = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' };
  expect(allows([{ ...allow, Principal: { AWS: arn('Role') } }], byRole, index)).toBe(true);
  expect(allows([{ ...allow, Principal: { AWS: arn('Other') } }], byRole, index)).toBe(false);
  expect(allows([allow], byRole, index)).toBe(true);
  expect(allows([{ ...allow, Action: 'kms:Decrypt' }], byRole, index)).toBe(false);
});
