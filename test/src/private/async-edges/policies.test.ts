import { lets, type Request } from '../../../../src/private/async-edges/policies';
import { TemplateIndex } from '../../../../src/private/async-edges/template-index';

const index = new TemplateIndex({
  Queue: { Type: 'AWS::SQS::Queue' }, Other: { Type: 'AWS::SQS::Queue' }, Rule: { Type: 'AWS::Events::Rule' }, Role: { Type: 'AWS::IAM::Role' },
});
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const [queue, source, role] = ['Queue', 'Rule', 'Role'].map((id) => index.at({ Ref: id })!);
const service = 'events.amazonaws.com';
const request: Request = { action: 'sqs:SendMessage', resource: queue, service, source };
const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sqs:SendMessage', Resource: arn('Queue') };
const when = (key: string, value: unknown, operator = 'ArnEquals') => ({ Condition: { [operator]: { [key]: value } } });

describe('a policy lets a service through', () => {
  test.each<[string, object]>([
    ['that it names', {}],
    ['among others', { Principal: { Service: ['s3.amazonaws.com', service] } }],
    ['whose name has an end of its own in some partitions', { Principal: { Service: { 'Fn::Join': ['', ['events.', { Ref: 'AWS::URLSuffix' }]] } } }],
    ['like everybody', { Principal: '*' }],
    ['like everybody of AWS', { Principal: { AWS: '*' } }],
    ['for one action of some', { Action: ['sqs:GetQueueUrl', 'SQS:SendMessage'] }],
    ['for every action', { Action: 'sqs:*' }],
    ['for every resource', { Resource: '*' }],
    ['for a resource that is known only at deployment', { Resource: { 'Fn::ImportValue': 'Other:Queue' } }],
    ['for the source', when('aws:SourceArn', arn('Rule'))],
    ['for the source among others', when('AWS:SourceArn', [arn('Other'), arn('Rule')], 'ArnLike')],
    ['for a source that is known only at deployment', when('aws:SourceArn', 'arn:aws:events:*:*:rule/*', 'ArnLike')],
    ['for the account', when('aws:SourceAccount', { Ref: 'AWS::AccountId' }, 'StringEquals')],
    ['for all sources but another', when('aws:SourceArn', arn('Other'), 'ArnNotEquals')],
  ])('%s', (_, change) => {
    expect(lets([{ ...statement, ...change }], request, index)).toBe(true);
  });
});

describe('a policy lets a service not through', () => {
  test.each<[string, object]>([
    ['that is another', { Principal: { Service: 's3.amazonaws.com' } }],
    ['where it names somebody else', { Principal: { AWS: arn('Role') } }],
    ['for another action', { Action: 'sqs:ReceiveMessage' }],
    ['for another resource', { Resource: arn('Other') }],
    ['for another source', when('aws:SourceArn', arn('Other'))],
    ['that it denies', { Effect: 'Deny' }],
  ])('%s', (_, change) => {
    expect(lets([{ ...statement, ...change }], request, index)).toBe(false);
  });

  test('that it lets through and denies', () => {
    expect(lets([statement, { ...statement, Effect: 'Deny', Principal: '*' }], request, index)).toBe(false);
  });

  test('when there are no statements', () => {
    expect(lets([], request, index)).toBe(false);
  });
});

test('a denial on a condition, such as that of requests without TLS, denies nothing else', () => {
  const tls = { ...statement, Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  expect(lets([statement, tls], request, index)).toBe(true);
});

test('a policy may name a role, and a role has policies that name nobody', () => {
  const byRole: Request = { action: 'kms:GenerateDataKey', resource: queue, role };
  const allow = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' };
  expect(lets([{ ...allow, Principal: { AWS: arn('Role') } }], byRole, index)).toBe(true);
  expect(lets([{ ...allow, Principal: { AWS: arn('Other') } }], byRole, index)).toBe(false);
  expect(lets([allow], byRole, index)).toBe(true);
  expect(lets([{ ...allow, Action: 'kms:Decrypt' }], byRole, index)).toBe(false);
});
