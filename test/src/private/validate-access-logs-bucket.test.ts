import { Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { OrderPipelineProps } from '../../../src';
import { synthUnwatched, type PipelineProps } from '../../support/synth';

const env = { account: '111111111111', region: 'eu-central-1' };
const withLogs = (more: OrderPipelineProps = {}): PipelineProps => (stack) => ({ serverAccessLogsBucket: new Bucket(stack, 'Logs'), ...more });

test('the buckets of files and of the stream write their access logs to a bucket of the app, each below its own path', () => {
  const { template } = synthUnwatched(withLogs({ stream: {} }), env);
  for (const path of ['Files', 'Stream']) {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('^Logs') }, LogFilePrefix: `Test/Orders/${path}/` },
    });
  }
});

test('a stream can have another bucket for access logs', () => {
  const { template } = synthUnwatched((stack) => ({ stream: { serverAccessLogsBucket: new Bucket(stack, 'Logs') } }), env);
  template.resourcePropertiesCountIs('AWS::S3::Bucket', { LoggingConfiguration: Match.anyValue() }, 1);
});

test('an existing bucket of the stream keeps its own access logs', () => {
  const { template } = synthUnwatched((stack) => ({ serverAccessLogsBucket: new Bucket(stack, 'Logs'), stream: { bucket: new Bucket(stack, 'Events') } }), env);
  template.resourcePropertiesCountIs('AWS::S3::Bucket', { LoggingConfiguration: Match.anyValue() }, 1);
});

test.each<[string, PipelineProps, string]>([
  ['the bucket of files exists', (stack) => ({ bucket: new Bucket(stack, 'Files'), serverAccessLogsBucket: new Bucket(stack, 'Logs') }),
    '`bucket` cannot be set together with `serverAccessLogsBucket`'],
  ['the bucket of the stream exists', (stack) => ({ stream: { bucket: new Bucket(stack, 'Events'), serverAccessLogsBucket: new Bucket(stack, 'Logs') } }),
    '`stream.bucket` cannot be set together with `stream.serverAccessLogsBucket`'],
  ['it is of another region', (stack) => ({ serverAccessLogsBucket: Bucket.fromBucketAttributes(stack, 'Logs', { bucketName: 'logs', region: 'us-east-1' }) }),
    '`serverAccessLogsBucket` must be in the account and region of the stack, got 111111111111, us-east-1; S3 writes logs only within them; use a bucket of the stack'],
  ['there are no files', withLogs({ fileIngest: false }), '`serverAccessLogsBucket` cannot be set when `fileIngest` is false'],
])('fails when %s', (_, props, message) => {
  expect(() => synthUnwatched(props, env)).toThrow(message);
});
