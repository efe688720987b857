import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { FullOrdersStack } from '../examples/full/full-orders-stack';
import { withEdges } from '../scripts/example-edges';
import { OrderPipeline } from '../src';
import {
  between, dropStatements, faultsAfter, functionNamed, idNamed, isFor, letsSendTo, nameOf, propertiesNamed, queueNamed, resourcesIn, type Tampered,
} from './support/edges';
import { everythingOn, EVERYTHING_ON_ENV } from './support/everything-on';
import { testApp } from './support/test-app';
import { proveEdges, type AsyncEdge } from '../src/private/async-edges/prove-edges';
import type { Json } from '../src/private/async-edges/template';

/** Each with a kind of edge that the other has not: a key for everything; a queue that hears alerts. */
const everything = new Stack(testApp(), 'Test', { env: EVERYTHING_ON_ENV });
new OrderPipeline(everything, 'Orders', everythingOn(everything));
const full = (local: boolean) => resourcesIn(new FullOrdersStack(testApp(), 'Full', { local }));
const pipelines: [string, Tampered][] = [
  ['the full example', full(false)],
  ['a pipeline with everything on', resourcesIn(everything)],
];

test('docs/edges.md lists every edge of the full example, its dead-letter queue and its alarm; otherwise run "npm run readme"', () => {
  const document = readFileSync(join(__dirname, '..', 'docs', 'edges.md'), 'utf8');
  expect(withEdges(document)).toBe(document);
});

test('the full example has the same edges on a local AWS, and loses nothing there either', () => {
  const { edges } = proveEdges(full(false));
  expect(proveEdges(full(true), { requireAlarm: () => true })).toEqual({ edges, faults: [] });
});

describe.each(pipelines)('in %s', (_, resources) => {
  const { edges, faults } = proveEdges(resources, { requireAlarm: () => true });
  const deadLetterQueues = [...new Set(edges.map(({ deadLetterQueue }) => deadLetterQueue))].filter((name) => name !== undefined);
  const of = (...kinds: string[]) => edges.filter(({ kind }) => kinds.some((each) => each === kind || each === kind.split(' → ')[0]));
  const queue = (copy: Tampered, name: string) => queueNamed(copy, name);
  const mappingOf = (copy: Tampered, { kind, source, target }: AsyncEdge) => between(
    copy, 'AWS::Lambda::EventSourceMapping',
    idNamed(copy, kind === 'stream → function' ? 'AWS::DynamoDB::GlobalTable' : 'AWS::SQS::Queue', source), idNamed(copy, 'AWS::Lambda::Function', target),
  );
  const targetOf = (copy: Tampered, { source }: AsyncEdge) => propertiesNamed(copy, 'AWS::Events::Rule', source).Targets[0];
  const subscriptionOf = (copy: Tampered, { source, target }: AsyncEdge) => between(
    copy, 'AWS::SNS::Subscription', idNamed(copy, 'AWS::SNS::Topic', source), idNamed(copy, 'AWS::SQS::Queue', target),
  );
  const invocationOf = (copy: Tampered, { target }: AsyncEdge) =>
    between(copy, 'AWS::Lambda::EventInvokeConfig', idNamed(copy, 'AWS::Lambda::Function', target));

  test('nothing gets lost, and an alarm tells of what failed', () => {
    expect(faults).toEqual([]);
  });

  describe('every edge needs its dead-letter queue', () => {
    const LOSSES: Record<string, [(copy: Tampered, edge: AsyncEdge) => void, string]> = {
      queue: [(copy, { source }) => delete queue(copy, source).RedrivePolicy, 'give the queue a deadLetterQueue'],
      stream: [(copy, edge) => delete mappingOf(copy, edge).DestinationConfig, 'give the event source an onFailure destination'],
      rule: [(copy, edge) => delete targetOf(copy, edge).DeadLetterConfig, 'give the target a deadLetterQueue'],
      schedule: [(copy, edge) => delete targetOf(copy, edge).DeadLetterConfig, 'give the target a deadLetterQueue'],
      topic: [(copy, edge) => delete subscriptionOf(copy, edge).RedrivePolicy, 'give the subscription a deadLetterQueue'],
      invocation: [
        (copy, edge) => delete invocationOf(copy, edge).DestinationConfig, 'give the function an onFailure destination with configureAsyncInvoke',
      ],
    };
    /** S3 has none, and an address gets none. */
    const WITHOUT = ['bucket → queue', 'topic → endpoint'];

    test('and has one, except for those that AWS keeps none for', () => {
      expect(edges.filter(({ deadLetterQueue }) => !deadLetterQueue).filter(({ kind }) => !WITHOUT.includes(kind))).toEqual([]);
    });

    test.each(edges.filter(({ kind }) => !WITHOUT.includes(kind)).map((edge) => [nameOf(edge), edge] as const))('fails when %s loses it', (name, edge) => {
      const [lose, mend] = LOSSES[edge.kind.split(' → ')[0]];
      expect(faultsAfter(resources, (copy) => lose(copy, edge))).toEqual([`${name} has no dead-letter queue, so what fails is lost; ${mend}`]);
    });
  });

  test.each(deadLetterQueues)('fails when the dead-letter queue %s changes its type', (name) => {
    const fifo = queue(resources, name).FifoQueue;
    const sentence = fifo
      ? `needs a FIFO dead-letter queue, like its source, but ${name} is a standard one; make it FIFO`
      : `needs a standard dead-letter queue, but ${name} is a FIFO one, which gets nothing; make it a standard queue`;
    const concerned = edges.filter(({ deadLetterQueue }) => deadLetterQueue === name);
    expect(faultsAfter(resources, (copy) => Object.assign(queue(copy, name), { FifoQueue: !fifo })))
      .toEqual(concerned.map((edge) => `${nameOf(edge)} ${sentence}`));
  });

  describe.each(deadLetterQueues)('the dead-letter queue %s needs its alarm', (name) => {
    const concerned = edges.filter(({ deadLetterQueue }) => deadLetterQueue === name);
    const missing = concerned.map((edge) => `${nameOf(edge)} has no alarm on ${name}; give its metricApproximateNumberOfMessagesVisible an alarm`);
    const alarm = concerned[0].alarm!;
    const afterwards = (tamper: (copy: Tampered, id: string) => void) =>
      faultsAfter(resources, (copy) => tamper(copy, idNamed(copy, 'AWS::CloudWatch::Alarm', alarm)), { requireAlarm: () => true });

    test('fails when it is not there and alarms are required', () => {
      expect(afterwards((copy, id) => delete copy[id])).toEqual(missing);
    });

    test('fails when it does not look at the messages that are there', () => {
      expect(afterwards((copy, id) => Object.assign(copy[id].Properties, { MetricName: 'NumberOfMessagesSent' }))).toEqual(missing);
    });
  });

  describe.each(of('queue').map((edge) => [nameOf(edge), edge] as const))('%s', (name, edge) => {
    const deadLetters = edge.deadLetterQueue!;
    const kept = queue(resources, edge.source).MessageRetentionPeriod;

    test('fails when the dead-letter queue keeps messages no longer than the queue', () => {
      expect(faultsAfter(resources, (copy) => Object.assign(queue(copy, deadLetters), { MessageRetentionPeriod: kept }))).toEqual([
        `${name} drops what fails: ${deadLetters} keeps messages for ${kept} s and the queue for ${kept} s; make the retentionPeriod of ${deadLetters} longer`,
      ]);
    });

    test('fails when the dead-letter queue shuts the queue out', () => {
      expect(faultsAfter(resources, (copy) => Object.assign(queue(copy, deadLetters), { RedriveAllowPolicy: { redrivePermission: 'denyAll' } }))).toEqual([
        `${name} cannot reach ${deadLetters}, whose redriveAllowPolicy shuts it out; allow the queue there`,
      ]);
    });

    test('fails when a message shows again while it is worked on', () => {
      const needed = 6 * functionNamed(resources, edge.target).Timeout;
      expect(faultsAfter(resources, (copy) => Object.assign(queue(copy, edge.source), { VisibilityTimeout: needed - 1 }))).toEqual([
        `${name} shows a message again after ${needed - 1} s, while it may still be worked on; `
        + `make the visibilityTimeout of the queue at least ${needed} s, 6 times the timeout of the function`,
      ]);
    });

    test('fails when it waits for a batch for longer than messages are invisible', () => {
      const needed = 6 * functionNamed(resources, edge.target).Timeout + 300;
      expect(faultsAfter(resources, (copy) => Object.assign(mappingOf(copy, edge), { MaximumBatchingWindowInSeconds: 300 }))).toEqual([
        expect.stringContaining(`at least ${needed} s, 6 times the timeout of the function and its batching window`),
      ]);
    });
  });

  test.each(of('queue', 'stream').map((edge) => [nameOf(edge), edge] as const))('fails when %s does not report the messages that failed', (name, edge) => {
    expect(faultsAfter(resources, (copy) => delete mappingOf(copy, edge).FunctionResponseTypes)).toEqual([
      `${name} retries a whole batch for one message that fails; set reportBatchItemFailures on the event source`,
    ]);
  });

  describe('a service', () => {
    const SERVICES = { 'events.amazonaws.com': ['rule', 'schedule'], 's3.amazonaws.com': ['bucket'], 'sns.amazonaws.com': ['topic → queue'] };
    const reached = Object.entries(SERVICES).flatMap(([service, kinds]) => {
      const ends = of(...kinds).flatMap(({ target, deadLetterQueue }) => [target, deadLetterQueue]);
      return [...new Set(ends)].filter((name) => name?.endsWith('Queue')).map((name) => [service, name!, of(...kinds).filter((edge) =>
        [edge.target, edge.deadLetterQueue].includes(name))] as const);
    });
    const tampered = (name: string, isDropped: (statement: Json) => boolean) => faultsAfter(resources, (copy) =>
      dropStatements(copy, ['AWS::SQS::QueuePolicy'], idNamed(copy, 'AWS::SQS::Queue', name), isDropped));

    test.each(reached)('fails when it is not let in: %s to %s', (service, name, concerned) => {
      expect(tampered(name, isFor(service))).toEqual(concerned.map((edge) =>
        `${nameOf(edge)} cannot reach ${name}: ${service} may not send to it; `
        + 'allow it sqs:SendMessage with aws:SourceArn or aws:SourceAccount in the policy of the queue'));
    });

    test.each(reached)('fails when it is let in for somebody else alone: %s to %s', (service, name, concerned) => {
      const other = { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [idNamed(resources, 'AWS::SQS::Queue', name), 'Arn'] } } };
      const after = tampered(name, (statement) => {
        if (isFor(service)(statement)) statement.Condition = other;
        return false;
      });
      expect(after).toEqual(concerned.map((edge) => expect.stringContaining(`${nameOf(edge)} cannot reach ${name}: ${service} may not send to it`)));
    });

    test.each(reached)('fails when the queue has the key that AWS manages: %s to %s', (service, name, concerned) => {
      // A queue may be reached by two services.
      const after = faultsAfter(resources, (copy) => Object.assign(queue(copy, name), { KmsMasterKeyId: 'alias/aws/sqs' }));
      expect(after.filter((fault) => fault.includes(service))).toEqual(concerned.map((edge) =>
        `${nameOf(edge)} cannot reach ${name}: ${service} may not use the key that AWS manages for SQS; `
        + 'encrypt the queue with SSE-SQS or a key of your own'));
    });

    for (const [service, name, concerned] of reached.filter(([, each]) => queue(resources, each).KmsMasterKeyId)) {
      test(`fails when it may not use the queue's key: ${service} to ${name}`, () => {
        const after = faultsAfter(resources, (copy) => dropStatements(copy, ['AWS::KMS::Key'], idNamed(copy, 'AWS::KMS::Key', 'Key'), isFor(service)));
        expect(after.filter((fault) => fault.includes(`cannot reach ${name}:`))).toEqual(concerned.map((edge) =>
          `${nameOf(edge)} cannot reach ${name}: ${service} may not use its key; allow kms:GenerateDataKey* and kms:Decrypt on Key`));
      });
    }
  });

  test.each(of('schedule → function').map((edge) => [nameOf(edge), edge] as const))('fails when %s may not call', (name, edge) => {
    const after = faultsAfter(resources, (copy) => {
      for (const [id, { Type, Properties }] of Object.entries(copy)) {
        if (Type === 'AWS::Lambda::Permission' && Properties.Principal === 'events.amazonaws.com') delete copy[id];
      }
    });
    expect(after).toEqual([
      `${name} cannot reach ${edge.target}: events.amazonaws.com may not call it; allow it lambda:InvokeFunction with an AWS::Lambda::Permission`,
    ]);
  });

  test.each(of('stream', 'invocation').map((edge) => [nameOf(edge), edge] as const))('fails when the function of %s may not send to its dead-letter queue', (name, edge) => {
    const after = faultsAfter(resources, (copy) => {
      const role = functionNamed(copy, edge.target).Role['Fn::GetAtt'][0];
      dropStatements(copy, ['AWS::IAM::Policy'], role, letsSendTo(idNamed(copy, 'AWS::SQS::Queue', edge.deadLetterQueue!)));
    });
    expect(after).toEqual([
      `${name} cannot reach ${edge.deadLetterQueue}: the role of the function may not send to it; let the function send with grantSendMessages`,
    ]);
  });

  test.each(of('bucket → queue').map((edge) => [nameOf(edge), edge] as const))('fails when the queue of %s becomes FIFO', (name, edge) => {
    expect(faultsAfter(resources, (copy) => Object.assign(queue(copy, edge.target), { FifoQueue: true }))).toContain(
      `${name} cannot reach ${edge.target}: S3 tells no FIFO queue; use a standard queue`,
    );
  });
});
