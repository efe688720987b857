import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { createLogGroup } from '../../../src/private/log-group';
import { everythingOn, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { synthPipeline } from '../../support/synth';
import { resourcesOf } from '../../support/template';
import { testApp } from '../../support/test-app';

const stackOf = () => new Stack(testApp(), 'Test', { env: { account: '111111111111', region: 'eu-central-1' } });

test('a log group is kept for a month and deleted with the stack', () => {
  const stack = stackOf();
  createLogGroup(stack, 'Logs', {});
  Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30, KmsKeyId: Match.absent() } });
});

test('a key encrypts a log group, and its policy lets CloudWatch Logs use it for log groups of the account', () => {
  const stack = stackOf();
  createLogGroup(stack, 'Logs', { encryptionKey: new Key(stack, 'Key'), logRetention: RetentionDays.ONE_DAY });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 1, KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([Match.objectLike({
        Sid: 'AllowCloudWatchLogsToUseKey',
        Principal: { Service: 'logs.eu-central-1.amazonaws.com' },
        Action: ['kms:Encrypt', 'kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-central-1:111111111111:log-group:*']] } } },
      })]),
    },
  });
});

test('warns about what the policy of an imported key must allow', () => {
  const stack = stackOf();
  createLogGroup(stack, 'Logs', { encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/1') });
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(
    'it must allow logs.eu-central-1.amazonaws.com kms:Encrypt, kms:DescribeKey, .* or log groups cannot be created',
  ));
});

test('the key of a pipeline encrypts all of its log groups and the environment variables of all of its functions', () => {
  const { template } = synthPipeline(everythingOn, EVERYTHING_ON_ENV);
  const key = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };
  const logGroups = resourcesOf(template, 'AWS::Logs::LogGroup');
  const functions = resourcesOf(template, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith('Orders'));
  expect(Math.min(logGroups.length, functions.length)).toBeGreaterThan(30);
  for (const { properties } of logGroups) expect(properties.KmsKeyId).toEqual(key);
  for (const { properties } of functions) expect(properties.KmsKeyArn).toEqual(key);
});
