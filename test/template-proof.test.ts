import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { FullOrdersStack } from '../examples/full/full-orders-stack';
import { resourcesWithNested, withEdges } from '../scripts/example-edges';
import { OrderPipeline } from '../src';
import {
  allowsSendMessage, allowsService, edgeName, errorsAfter, functionProperties, idOf, propertiesOf, propertiesReferringTo, queueProperties as queue,
  removeStatements, resourcesIn, type MutableResources,
} from './support/edges';
import { everythingOn, EVERYTHING_ON_ENV } from './support/everything-on';
import { testApp } from './support/test-app';
import type { Json } from '../src/private/async-edges/template';
import { validateEdges, type EdgeDescription } from '../src/private/async-edges/validate-edges';

/** Each covers something that the other does not: one key for all queues; a queue that subscribes to alerts. */
const everything = new Stack(testApp(), 'Test', { env: EVERYTHING_ON_ENV });
new OrderPipeline(everything, 'Orders', everythingOn(everything));
const full = (local: boolean): MutableResources => resourcesWithNested(new FullOrdersStack(testApp(), 'Full', { local }));
const pipelines: [string, MutableResources][] = [
  ['the full example', full(false)],
  ['a pipeline with everything on', resourcesIn(everything)],
];

test('docs/edges.md lists every edge of the full example, its dead-letter queue and its alarm; otherwise run "npm run readme"', () => {
  const document = readFileSync(join(__dirname, '..', 'docs', 'edges.md'), 'utf8');
  expect(withEdges(document)).toBe(document);
});

test('the full example has the same edges and no errors on a local AWS, which has no subscriptions of AppSync', () => {
  const edges = validateEdges(full(false)).edges.filter(({ source, target }) => !`${source} ${target}`.includes('OrdersGraphqlApiSubscribers'));
  expect(validateEdges(full(true), { requireAlarm: () => true })).toEqual({ edges, errors: [] });
});

describe.each(pipelines)('in %s', (_, resources) => {
  const { edges: all, errors } = validateEdges(resources, { requireAlarm: () => true });
  // An imported queue, such as that of a source, has its settings elsewhere.
  const isQueueIn = (name: string) => Object.entries(resources).some(([id, { Type }]) => Type === 'AWS::SQS::Queue' && id.startsWith(name));
  const edges = all.filter(({ kind, source }) => !kind.startsWith('queue') || isQueueIn(source));
  const deadLetterQueues = [...new Set(edges.map(({ deadLetterQueue }) => deadLetterQueue))].filter((name) => name !== undefined);
  const of = (...kinds: string[]) => edges.filter(({ kind }) => kinds.some((each) => each === kind || each === kind.split(' → ')[0]));
  const mappingOf = (copy: MutableResources, { kind, source, target }: EdgeDescription) => propertiesReferringTo(
    copy, 'AWS::Lambda::EventSourceMapping',
    idOf(copy, kind === 'stream → function' ? 'AWS::DynamoDB::GlobalTable' : 'AWS::SQS::Queue', source), idOf(copy, 'AWS::Lambda::Function', target),
  );
  const targetOf = (copy: MutableResources, { source }: EdgeDescription) => propertiesOf(copy, 'AWS::Events::Rule', source).Targets[0];
  const subscriptionOf = (copy: MutableResources, { source, target }: EdgeDescription) => propertiesReferringTo(
    copy, 'AWS::SNS::Subscription', idOf(copy, 'AWS::SNS::Topic', source), idOf(copy, 'AWS::SQS::Queue', target),
  );
  const invocationOf = (copy: MutableResources, { target }: EdgeDescription) =>
    propertiesReferringTo(copy, 'AWS::Lambda::EventInvokeConfig', idOf(copy, 'AWS::Lambda::Function', target));

  test('every failure reaches a dead-letter queue with an alarm', () => {
    expect(errors).toEqual([]);
  });

  describe('every edge needs its dead-letter queue', () => {
    const REMOVALS: Record<string, [(copy: MutableResources, edge: EdgeDescription) => void, string]> = {
      queue: [(copy, { source }) => delete queue(copy, source).RedrivePolicy, 'Set `deadLetterQueue` on the queue.'],
      stream: [(copy, edge) => delete mappingOf(copy, edge).DestinationConfig, 'Set `onFailure` on the event source.'],
      rule: [(copy, edge) => delete targetOf(copy, edge).DeadLetterConfig, 'Set `deadLetterQueue` on the target.'],
      schedule: [(copy, edge) => delete targetOf(copy, edge).DeadLetterConfig, 'Set `deadLetterQueue` on the target.'],
      topic: [(copy, edge) => delete subscriptionOf(copy, edge).RedrivePolicy, 'Set `deadLetterQueue` on the subscription.'],
      invocation: [
        (copy, edge) => delete invocationOf(copy, edge).DestinationConfig, 'Set `onFailure` with `configureAsyncInvoke()` on the function.',
      ],
    };
    /** S3 supports no dead-letter queue, and a subscription of an email address or a URL needs none. */
    const WITHOUT = ['bucket → queue', 'topic → endpoint'];

    test('and has one, except notifications of buckets and subscriptions of endpoints', () => {
      expect(edges.filter(({ deadLetterQueue }) => !deadLetterQueue).filter(({ kind }) => !WITHOUT.includes(kind))).toEqual([]);
    });

    test.each(edges.filter(({ kind }) => !WITHOUT.includes(kind)).map((edge) => [edgeName(edge), edge] as const))('fails when %s does not have it', (name, edge) => {
      const [remove, fix] = REMOVALS[edge.kind.split(' → ')[0]];
      expect(errorsAfter(resources, (copy) => remove(copy, edge))).toEqual([`${name} has no dead-letter queue, so failures are lost. ${fix}`]);
    });
  });

  test.each(deadLetterQueues)('fails when the dead-letter queue %s has the wrong type', (name) => {
    const fifo = queue(resources, name).FifoQueue;
    const error = fifo
      ? `needs a FIFO dead-letter queue because its source is FIFO, but ${name} is a standard queue. Make ${name} a FIFO queue.`
      : `needs a standard dead-letter queue, but ${name} is a FIFO queue and would receive no messages. Make ${name} a standard queue.`;
    const affected = edges.filter(({ deadLetterQueue }) => deadLetterQueue === name);
    expect(errorsAfter(resources, (copy) => Object.assign(queue(copy, name), { FifoQueue: !fifo })))
      .toEqual(affected.map((edge) => `${edgeName(edge)} ${error}`));
  });

  describe.each(deadLetterQueues)('the dead-letter queue %s needs its alarm', (name) => {
    const affected = edges.filter(({ deadLetterQueue }) => deadLetterQueue === name);
    const missing = affected.map((edge) => `${edgeName(edge)} has no alarm on its dead-letter queue ${name}. Create an alarm on its \`metricApproximateNumberOfMessagesVisible()\`.`);
    const alarm = affected[0].alarm!;
    const errorsAfterAlarm = (change: (copy: MutableResources, id: string) => void) =>
      errorsAfter(resources, (copy) => change(copy, idOf(copy, 'AWS::CloudWatch::Alarm', alarm)), { requireAlarm: () => true });

    test('fails when it does not exist and alarms are required', () => {
      expect(errorsAfterAlarm((copy, id) => delete copy[id])).toEqual(missing);
    });

    test('fails when it is on a metric other than the visible messages', () => {
      expect(errorsAfterAlarm((copy, id) => Object.assign(copy[id].Properties, { MetricName: 'NumberOfMessagesSent' }))).toEqual(missing);
    });
  });

  describe.each(of('queue').map((edge) => [edgeName(edge), edge] as const))('%s', (name, edge) => {
    const deadLetterQueue = edge.deadLetterQueue!;
    // The default of SQS is four days.
    const retention = queue(resources, edge.source).MessageRetentionPeriod ?? 345_600;

    test('fails when the dead-letter queue does not retain messages longer than the queue', () => {
      expect(errorsAfter(resources, (copy) => Object.assign(queue(copy, deadLetterQueue), { MessageRetentionPeriod: retention }))).toEqual([
        `${name} can lose failed messages: ${deadLetterQueue} must retain messages longer than the source queue, but retains them for ${retention} s `
        + `and the source queue for ${retention} s. Increase the \`retentionPeriod\` of ${deadLetterQueue}.`,
      ]);
    });

    test('fails when the redriveAllowPolicy of the dead-letter queue does not allow the queue', () => {
      expect(errorsAfter(resources, (copy) => Object.assign(queue(copy, deadLetterQueue), { RedriveAllowPolicy: { redrivePermission: 'denyAll' } }))).toEqual([
        `${name} cannot move failed messages to ${deadLetterQueue}: its \`redriveAllowPolicy\` does not allow the source queue. `
        + 'Add the source queue to that policy.',
      ]);
    });

    test('fails when a message becomes visible again while the function can still be processing it', () => {
      const needed = 6 * functionProperties(resources, edge.target).Timeout;
      expect(errorsAfter(resources, (copy) => Object.assign(queue(copy, edge.source), { VisibilityTimeout: needed - 1 }))).toEqual([
        `${name} makes a message visible again after ${needed - 1} s, while the function may still be processing it. `
        + `Set the \`visibilityTimeout\` of the queue to at least ${needed} s, 6 times the timeout of the function.`,
      ]);
    });

    test('fails when the visibility timeout does not include the batching window', () => {
      const needed = 6 * functionProperties(resources, edge.target).Timeout + 300;
      expect(errorsAfter(resources, (copy) => Object.assign(mappingOf(copy, edge), { MaximumBatchingWindowInSeconds: 300 }))).toEqual([
        expect.stringContaining(`at least ${needed} s, 6 times the timeout of the function plus the batching window.`),
      ]);
    });
  });

  test.each(of('queue', 'stream').map((edge) => [edgeName(edge), edge] as const))('fails when %s does not report batch item failures', (name, edge) => {
    expect(errorsAfter(resources, (copy) => delete mappingOf(copy, edge).FunctionResponseTypes)).toEqual([
      `${name} retries the whole batch when one item fails. Set \`reportBatchItemFailures: true\` on the event source.`,
    ]);
  });

  describe('a service that sends to a queue', () => {
    const SERVICES = { 'events.amazonaws.com': ['rule', 'schedule'], 's3.amazonaws.com': ['bucket'], 'sns.amazonaws.com': ['topic → queue'] };
    const reached = Object.entries(SERVICES).flatMap(([service, kinds]) => {
      const ends = of(...kinds).flatMap(({ target, deadLetterQueue }) => [target, deadLetterQueue]);
      return [...new Set(ends)].filter((name) => name?.endsWith('Queue')).map((name) => [service, name!, of(...kinds).filter((edge) =>
        [edge.target, edge.deadLetterQueue].includes(name))] as const);
    });
    const errorsWithout = (name: string, isRemoved: (statement: Json) => boolean) => errorsAfter(resources, (copy) =>
      removeStatements(copy, ['AWS::SQS::QueuePolicy'], idOf(copy, 'AWS::SQS::Queue', name), isRemoved));

    test.each(reached)('fails when the queue policy does not allow it: %s to %s', (service, name, affected) => {
      expect(errorsWithout(name, allowsService(service))).toEqual(affected.map((edge) =>
        `${edgeName(edge)} cannot send messages to ${name}: ${service} lacks sqs:SendMessage. `
        + 'Allow it in the queue policy, with aws:SourceArn or aws:SourceAccount as a condition.'));
    });

    test.each(reached)('fails when the queue policy allows it only for another source: %s to %s', (service, name, affected) => {
      const other = { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [idOf(resources, 'AWS::SQS::Queue', name), 'Arn'] } } };
      const after = errorsWithout(name, (statement) => {
        if (allowsService(service)(statement)) statement.Condition = other;
        return false;
      });
      expect(after).toEqual(affected.map((edge) => expect.stringContaining(`${edgeName(edge)} cannot send messages to ${name}: ${service} lacks sqs:SendMessage`)));
    });

    test.each(reached)('fails when the queue is encrypted with the AWS managed key: %s to %s', (service, name, affected) => {
      // Two services can send to the same queue.
      const after = errorsAfter(resources, (copy) => Object.assign(queue(copy, name), { KmsMasterKeyId: 'alias/aws/sqs' }));
      expect(after.filter((error) => error.includes(service))).toEqual(affected.map((edge) =>
        `${edgeName(edge)} cannot send messages to ${name}: ${service} cannot use the AWS managed key for SQS. `
        + 'Encrypt the queue with SSE-SQS or a customer managed key.'));
    });

    for (const [service, name, affected] of reached.filter(([, each]) => queue(resources, each).KmsMasterKeyId)) {
      test(`fails when the key policy does not allow it: ${service} to ${name}`, () => {
        const after = errorsAfter(resources, (copy) => removeStatements(copy, ['AWS::KMS::Key'], idOf(copy, 'AWS::KMS::Key', 'Key'), allowsService(service)));
        expect(after.filter((error) => error.includes(`cannot send messages to ${name}:`))).toEqual(affected.map((edge) =>
          `${edgeName(edge)} cannot send messages to ${name}: ${service} cannot use the key of the queue. Allow kms:GenerateDataKey* and kms:Decrypt on Key.`));
      });
    }
  });

  test.each(of('schedule → function').map((edge) => [edgeName(edge), edge] as const))('fails when %s has no permission to invoke the function', (name, edge) => {
    const after = errorsAfter(resources, (copy) => {
      for (const [id, { Type, Properties }] of Object.entries(copy)) {
        if (Type === 'AWS::Lambda::Permission' && Properties.Principal === 'events.amazonaws.com') delete copy[id];
      }
    });
    expect(after).toEqual([
      `${name} cannot invoke ${edge.target}: events.amazonaws.com lacks lambda:InvokeFunction. Allow it with an AWS::Lambda::Permission.`,
    ]);
  });

  test.each(of('stream', 'invocation').map((edge) => [edgeName(edge), edge] as const))('fails when the function of %s is not allowed to send to its dead-letter queue', (name, edge) => {
    const after = errorsAfter(resources, (copy) => {
      const role = functionProperties(copy, edge.target).Role['Fn::GetAtt'][0];
      removeStatements(copy, ['AWS::IAM::Policy'], role, allowsSendMessage(idOf(copy, 'AWS::SQS::Queue', edge.deadLetterQueue!)));
    });
    expect(after).toEqual([
      `${name} cannot send messages to ${edge.deadLetterQueue}: the role of the function lacks sqs:SendMessage. `
      + 'Grant it with `grantSendMessages()` of the queue.',
    ]);
  });

  test.each(of('bucket → queue').map((edge) => [edgeName(edge), edge] as const))('fails when the queue of %s is FIFO', (name, edge) => {
    expect(errorsAfter(resources, (copy) => Object.assign(queue(copy, edge.target), { FifoQueue: true }))).toContain(
      `${name} cannot send messages to ${edge.target}: S3 does not support FIFO queues as a destination. Use a standard queue.`,
    );
  });
});
