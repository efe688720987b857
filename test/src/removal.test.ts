import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { OrderPipeline, type OrderPipelineProps } from '../../src';
import { synth, synthUnwatched, UNWATCHED } from '../support/synth';
import { resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';

/** All that holds orders, a subscription and its dead-letter queue included. */
const TYPES = { 'AWS::DynamoDB::GlobalTable': 4, 'AWS::S3::Bucket': 1, 'AWS::SQS::Queue': 22, 'AWS::Events::Archive': 1 };

const subscribed = (removalPolicy?: RemovalPolicy) => synth((stack) => {
  const orders = new OrderPipeline(stack, 'Orders', { ...UNWATCHED, removalPolicy });
  const target = Queue.fromQueueArn(stack, 'Target', stack.formatArn({ service: 'sqs', resource: 'target' }));
  orders.events.onOrderConfirmed('Shipping', { target: new SqsQueue(target) });
}).template;

const policiesIn = (template: Template, type: string) =>
  Object.values(template.findResources(type)).map(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy]);

describe.each(Object.entries(TYPES))('everything that holds orders: %s', (type, count) => {
  test.each([undefined, RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])(
    'outlives the stack, and not a first deployment that fails, with removalPolicy %s', (removalPolicy) => {
      const policies = policiesIn(subscribed(removalPolicy), type);
      expect(policies).toHaveLength(count);
      for (const each of policies) expect(each).toEqual(['RetainExceptOnCreate', 'Retain']);
    },
  );

  test('is deleted with the stack with removalPolicy destroy', () => {
    for (const each of policiesIn(subscribed(RemovalPolicy.DESTROY), type)) expect(each).toEqual(['Delete', 'Delete']);
  });
});

describe('the bucket', () => {
  const emptied = (props?: OrderPipelineProps) => resourcesOf(synthUnwatched(props).template, 'Custom::S3AutoDeleteObjects').length;

  test('is emptied before it is deleted', () => {
    expect(emptied({ removalPolicy: RemovalPolicy.DESTROY })).toBe(1);
    expect(emptied()).toBe(0);
  });

  test('is not emptied, and has no custom resource, when autoDeleteObjects is false', () => {
    expect(emptied({ removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: false })).toBe(0);
  });

  test.each([undefined, RemovalPolicy.RETAIN])('fails when autoDeleteObjects is set with removalPolicy %s', (removalPolicy) => {
    expect(() => emptied({ removalPolicy, autoDeleteObjects: true })).toThrow(new Error('Test/Orders: `autoDeleteObjects` cannot be set when `removalPolicy` is not DESTROY'));
  });

  test('fails when autoDeleteObjects is set for a bucket of the app', () => {
    const stack = new Stack(testApp(), 'Test');
    expect(() => new OrderPipeline(stack, 'Orders', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true, bucket: new Bucket(stack, 'Bucket') }))
      .toThrow(new Error('Test/Orders: `autoDeleteObjects` cannot be set together with `bucket`'));
  });
});

test('fails when removalPolicy is SNAPSHOT', () => {
  expect(() => synthUnwatched({ removalPolicy: RemovalPolicy.SNAPSHOT })).toThrow(new Error(
    'Test/Orders: `removalPolicy` must be RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got SNAPSHOT, which queues and buckets do not support',
  ));
});

test('a flow that is switched off leaves its queues, whose ids are those of a stack with the flow', () => {
  const queues = (props?: OrderPipelineProps) => resourcesOf(synthUnwatched(props).template, 'AWS::SQS::Queue').map(({ id }) => id);
  const remaining = queues({ orderCancellations: false });
  expect(queues()).toEqual(expect.arrayContaining(remaining));
  expect(queues().filter((id) => !remaining.includes(id))).toEqual([
    expect.stringMatching(/CancellationDeadLetterQueue/), expect.stringMatching(/CancellationQueue/),
  ]);
});
