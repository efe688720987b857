import { CfnParameter, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { OrderPipeline, OrderPipelineMonitoring, type OrderPipelineProps } from '../../src';
import { estimatedLength } from '../../src/private/text-length';
import { synth, synthUnwatched, UNWATCHED, warningsOf } from '../support/synth';
import { testApp } from '../support/test-app';

/* Limits of AWS services that props can exceed. Those of a single prop are with the tests of its construct. */

describe('the environment of a function', () => {
  const withQueues = (region: string, name: (index: number) => string, stackName = 'Shop') => () => {
    const app = testApp();
    const stack = new Stack(app, stackName, { env: { region: 'eu-central-1' } });
    const orders = new OrderPipeline(stack, 'Orders', UNWATCHED);
    const others = new Stack(app, `Other${stackName}`, { env: { region } });
    for (let index = 0; index < 6; index++) {
      const imported = (id: string) => Queue.fromQueueArn(others, `${id}${index}`, `arn:aws:sqs:${region}:111111111111:${name(index)}${id}`);
      orders.addDeadLetterQueue({ name: `mine-${index}`, deadLetterQueue: imported('from'), sourceQueue: imported('to') });
    }
    Template.fromStack(stack);
  };

  test.each(['eu-central-1', 'ap-southeast-1'])('has room for dead-letter queues, also if all names are long, in %s', (region) => {
    expect(withQueues(region, (index) => `queue-${index}-${'x'.repeat(60)}`, 'S'.repeat(100))).not.toThrow();
  });

  test('fails when it is larger than Lambda accepts, and names the largest variable', () => {
    expect(() => synth((stack) =>
      new OrderPipeline(stack, 'Orders', UNWATCHED).redrive!.redriveDeadLettersFunction.addEnvironment('MINE', 'x'.repeat(2000)))).toThrow(
      /\[Test\/Orders\/Redrive\/RedriveDeadLetters\] the environment variables must have at most 4096 bytes, got about \d+, of which REDRIVE_ROUTES has \d+; remove or shorten the variables of the app/,
    );
  });

  test('fails with variables of the app', () => {
    expect(() => synth((stack) => new OrderPipeline(stack, 'Orders', UNWATCHED).processor.processOrderFunction.addEnvironment('MINE', 'x'.repeat(4096))))
      .toThrow(/of which MINE has 4100; remove or shorten it/);
  });
});

test.each<[unknown, number]>([
  ['text', 4], ['ä', 2], [(stack: Stack) => `a${new Queue(stack, 'Queue').queueName}`, 1 + 4 + 13 + 14], [(stack: Stack) => stack.region, 16],
  [(stack: Stack) => new Queue(stack, 'Queue').queueArn, 54 + 31], [(stack: Stack) => new CfnParameter(stack, 'X').valueAsString, 4 + 1 + 14],
])('the length of a text at deployment is estimated: %#', (text, length) => {
  const stack = new Stack(testApp(), 'Test');
  expect(estimatedLength(stack, typeof text === 'function' ? text(stack) as string : text as string)).toBe(length);
});

describe('the service name', () => {
  test.each(['Bestellungen für Wien', '', 'x'.repeat(256)])('fails when it cannot be a dimension of metrics: %p', (serviceName) => {
    const message = `\`serviceName\` must have 1 to 255 ASCII characters, because it is a dimension of metrics, got ${serviceName}`;
    expect(() => synthUnwatched({ serviceName })).toThrow(new Error(`Test/Orders: ${message}`));
    expect(() => synth((stack) => new OrderPipelineMonitoring(stack, 'Monitoring', { parts: new OrderPipeline(stack, 'Orders', UNWATCHED).parts, serviceName })))
      .toThrow(new Error(`Test/Monitoring: ${message}`));
  });

  test.each(['Bestellungen für Wien', 'x'.repeat(256)])('fails when the path of the pipeline cannot be one, and can be set then: %s', (id) => {
    expect(() => synth((stack) => new OrderPipeline(stack, id, UNWATCHED))).toThrow(/`serviceName` must have 1 to 255 ASCII characters/);
    const { created } = synth((stack) => new OrderPipeline(stack, id, { ...UNWATCHED, serviceName: 'orders' }));
    expect(created.ingest.restApi!.restApiName).toMatch(/^[\x21-\x7E]{1,255}$/);
  });
});

test('fails when the path of a subscription makes the description of its alarm too long', () => {
  expect(() => synth((stack) => new OrderPipeline(stack, 'Orders').events.onOrderConfirmed('x'.repeat(700), { target: new SqsQueue(new Queue(stack, 'Queue')) })))
    .toThrow(/the description of the alarm x+Failed must have at most 1024 characters, got about \d+, with the path of its construct; shorten the construct ids/);
});

describe('the resources of a stack', () => {
  const withResources = (count: number, nested = false, props: OrderPipelineProps = UNWATCHED) => synth((stack) => {
    new OrderPipeline(nested ? new NestedStack(stack, 'Nested') : stack, 'Orders', props);
    const existing = stack.node.findAll().filter((each) => CfnResource.isCfnResource(each) && Stack.of(each) === stack).length;
    for (let index = existing; index < count; index++) new CfnResource(stack, `Topic${index}`, { type: 'AWS::SNS::Topic' });
  }).stack;

  test('have a warning with advice when there are almost as many as CloudFormation accepts', () => {
    expect(warningsOf(withResources(451))).toEqual([{
      path: '/Test/Orders', text: expect.stringMatching(/^the stack has 451 resources, and CloudFormation accepts 500; create .* in a NestedStack .*\[ack: cdk-order-pipeline:manyResources\]$/),
    }]);
  });

  test.each<[string, number, boolean]>([['fewer', 450, false], ['a nested stack for the pipeline', 490, true]])('have none with %s', (_, count, nested) => {
    expect(warningsOf(withResources(count, nested))).toEqual([]);
  });
});
