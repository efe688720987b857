import './shared/redrive/redrive-env';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeSqs } from './shared/redrive/fake-sqs';
import { handler } from '../../handlers/redrive-dead-letters';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { loadHandler } from '../support/load-handler';
import { acceptEvents, eventBridge, publishedEvents } from '../support/published-events';
import { sampleContext } from '../support/sample-context';
import { confirmedItem, onTheBus, orderValidated, sampleCommand } from '../support/sample-messages';
import { sqs } from '../support/sent-messages';
import { streamRecord } from '../support/stream-event';

const lambda = mockClient(LambdaClient);
const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const HOUR = 3_600_000;

let aws: FakeSqs;
beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate'] });
  jest.spyOn(Math, 'random').mockReturnValue(0);
  [lambda, eventBridge].forEach((client) => client.reset());
  aws = new FakeSqs();
  acceptEvents();
  streamConsumerAnswers({ batchItemFailures: [] });
});
afterEach(() => {
  jest.useRealTimers();
});

const streamConsumerAnswers = (answer: unknown, FunctionError?: string) =>
  lambda.on(InvokeCommand).resolves({ FunctionError, Payload: { transformToString: () => JSON.stringify(answer) } as never });

/** Calls the handler, and lets the time pass that it waits. */
async function call(request: object, context = sampleContext(300_000)) {
  const answer = handler(request, context);
  answer.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(120_000);
  return answer;
}

const redrive = (request: object = {}) => call({ action: 'redrive', dryRun: false, maxPerSecond: 100, ...request });
const list = (request: object = {}) => call({ action: 'list', ...request });
type Answer = Awaited<ReturnType<typeof handler>>;
const reportOn = ({ queues }: Answer, name: string) => queues.find(({ queue }) => queue === name)!;

const command = (n: number, orderId = `order-${n}`) => sampleCommand({ orderId, commandId: `command-${n}`, correlationId: `correlation-${n}` });
const event = (n: number) => onTheBus(orderValidated({ orderId: `order-${n}`, commandId: `command-${n}` }));
const putCommands = (group: string, ...numbers: number[]) => numbers.map((n) => aws.put('orders-dlq.fifo', command(n, group), { group }));
const bodiesIn = (queue: string) => aws.in(queue).map(({ Body }) => JSON.parse(Body!).commandId ?? JSON.parse(Body!).detail.metadata.commandId);
const fail = (name: string, isFailing: (input: never) => boolean = () => true, error = Object.assign(new Error('secret'), { name: 'ServiceDown' })) => {
  aws.crossing = (called, input, effect) => {
    if (called === name && isFailing(input as never)) throw error;
    return effect();
  };
};
/** Fails the entries of SendMessageBatch whose body contains a text. */
const failToSend = (text: string) => {
  aws.failEntry = (name, { MessageBody }) => (name === 'SendMessageBatch' && MessageBody!.includes(text) ? 'ServiceUnavailable' : undefined);
};

describe('a list', () => {
  test('contains every queue and every message, with IDs, age and reason', async () => {
    const poison = aws.put('orders-dlq.fifo', 'no JSON', { group: 'order-1', attributes: { Reason: 'the body is not JSON' }, ago: 2 * HOUR });
    const undelivered = aws.put('processing-dlq', event(2), { attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'Access denied' } });
    const failed = aws.put('processing-dlq', event(3));

    expect(await list()).toEqual({
      action: 'list',
      dryRun: true,
      startedAt: NOW,
      complete: true,
      unpublished: 0,
      queues: [
        {
          queue: 'orders',
          count: 1,
          received: 1,
          sentDuringRun: 0,
          matching: 1,
          moved: 0,
          failed: 0,
          messages: [{ id: poison, orderId: 'order-1', age: 7200, receiveCount: 1, reason: 'the body is not JSON', state: 'LISTED' }],
        },
        {
          queue: 'processing',
          count: 2,
          received: 2,
          sentDuringRun: 0,
          matching: 2,
          moved: 0,
          failed: 0,
          messages: [
            {
              id: undelivered,
              orderId: 'order-2',
              type: 'OrderValidated',
              commandId: 'command-2',
              correlationId: 'correlation-1',
              age: 60,
              receiveCount: 1,
              reason: 'NO_PERMISSIONS: Access denied',
              state: 'LISTED',
            },
            expect.objectContaining({ id: failed, orderId: 'order-3', reason: 'failed 3 times' }),
          ],
        },
        { queue: 'stream', count: 0, received: 0, sentDuringRun: 0, matching: 0, moved: 0, failed: 0, messages: [] },
        { queue: 'expiry', count: 0, received: 0, sentDuringRun: 0, matching: 0, moved: 0, failed: 0, messages: [] },
      ],
    });
  });

  test('states why a message is not redrivable', async () => {
    aws.put('stream-dlq', { requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: { shardId: 'shard-1' } });
    aws.put('expiry-dlq', { requestContext: { condition: 'RetriesExhausted' } });
    aws.put('stream-dlq', 'nonsense');
    const answer = await list();

    expect(reportOn(answer, 'stream').messages).toMatchObject([
      { state: 'NOT_REDRIVABLE', reason: 'RetryAttemptsExhausted', stateReason: 'it only refers to stream records, which have expired' },
      { state: 'NOT_REDRIVABLE', stateReason: 'it is not a stream record' },
    ]);
    expect(reportOn(answer, 'expiry').messages).toMatchObject([{ state: 'NOT_REDRIVABLE', reason: 'RetriesExhausted', stateReason: 'the next call has done it' }]);
  });

  test('leaves all messages in their queues, visible to other consumers', async () => {
    putCommands('order-1', 1, 2, 3);
    for (let n = 1; n <= 25; n++) aws.put('processing-dlq', event(n));
    await list();

    expect([aws.visibleIn('orders-dlq.fifo'), aws.visibleIn('processing-dlq')].map(({ length }) => length)).toEqual([3, 25]);
    expect([aws.count('SendMessageBatch'), aws.count('DeleteMessageBatch'), publishedEvents().length]).toEqual([0, 0, 0]);
  });

  test('contains every message once, across several receives', async () => {
    const ids = Array.from({ length: 35 }, (_, n) => aws.put('processing-dlq', event(n)));
    const { messages, received } = reportOn(await list(), 'processing');

    expect(received).toBe(35);
    expect(messages.map(({ id }) => id)).toEqual(ids);
  });

  test('lists at most `limit` messages per queue', async () => {
    for (let n = 1; n <= 5; n++) aws.put('processing-dlq', event(n));
    const answer = await list({ limit: 2 });

    expect(reportOn(answer, 'processing')).toMatchObject({ count: 5, stopReason: 'LIMIT', messages: [{ orderId: 'order-1' }, { orderId: 'order-2' }] });
    expect(answer.complete).toBe(true);
    expect(aws.visibleIn('processing-dlq')).toHaveLength(5);
  });

  test('counts all messages of a long queue, and lists the first of them', async () => {
    for (let n = 1; n <= 410; n++) aws.put('processing-dlq', event(n));
    const { matching, messages } = reportOn(await list(), 'processing');

    expect([matching, messages.length]).toEqual([410, 400]);
  });

  test('reports messages that are not visible behind others of their group', async () => {
    putCommands('order-1', ...Array.from({ length: 12 }, (_, n) => n));
    const answer = await list();

    expect(reportOn(answer, 'orders')).toMatchObject({ count: 12, received: 10, stopReason: 'NOT_VISIBLE' });
    expect(answer.complete).toBe(false);
  });

  test.each([
    ['queue', { queue: 'processing' }, ['order-2', 'order-3']],
    ['orderId', { orderId: 'order-2' }, ['order-2']],
    ['error, in any case', { error: 'ACCESS' }, ['order-2']],
    ['olderThan', { olderThan: 3600 }, ['order-1']],
    ['newerThan', { newerThan: 3600 }, ['order-2', 'order-3']],
    ['several', { newerThan: 3600, error: 'failed 3 times' }, ['order-3']],
  ])('can be narrowed by %s', async (_, filter, orderIds) => {
    aws.put('orders-dlq.fifo', command(1), { group: 'order-1', ago: 2 * HOUR });
    aws.put('processing-dlq', event(2), { attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'Access denied' } });
    aws.put('processing-dlq', event(3));

    expect((await list(filter)).queues.flatMap(({ messages }) => messages.map(({ orderId }) => orderId))).toEqual(orderIds);
    expect([...aws.visibleIn('orders-dlq.fifo'), ...aws.visibleIn('processing-dlq')]).toHaveLength(3);
  });

  test('fails for one queue and lists the others', async () => {
    aws.put('processing-dlq', event(1));
    fail('ReceiveMessage', ({ QueueUrl }: { QueueUrl: string }) => QueueUrl.endsWith('orders-dlq.fifo'));
    const answer = await list();

    expect(reportOn(answer, 'orders')).toMatchObject({ stopReason: 'ERROR', error: 'ServiceDown' });
    expect(reportOn(answer, 'processing').messages).toHaveLength(1);
    expect(answer.complete).toBe(false);
  });
});

test('a count has the messages of every queue, and moves none', async () => {
  for (let n = 1; n <= 3; n++) aws.put('processing-dlq', event(n));
  const answer = await call({ action: 'count' });

  expect(answer).toMatchObject({ action: 'count', startedAt: NOW, complete: true });
  expect(answer.queues.map(({ queue, count }) => [queue, count])).toEqual([['orders', 0], ['processing', 3], ['stream', 0], ['expiry', 0]]);
  expect(aws.visibleIn('processing-dlq')).toHaveLength(3);
});

describe('a dry run', () => {
  test('is the default: it changes nothing, and lists the messages that would be moved', async () => {
    putCommands('order-1', 1, 2);
    aws.put('expiry-dlq', {});
    const answer = await call({ action: 'redrive' });

    expect(answer).toMatchObject({ dryRun: true, complete: true });
    expect(reportOn(answer, 'orders').messages).toMatchObject([{ state: 'WOULD_MOVE' }, { state: 'WOULD_MOVE' }]);
    expect(reportOn(answer, 'expiry').messages).toMatchObject([{ state: 'NOT_REDRIVABLE' }]);
    expect([...new Set(aws.calls.map(({ name }) => name))].sort()).toEqual(['ChangeMessageVisibilityBatch', 'GetQueueAttributes', 'ReceiveMessage']);
    expect(aws.visibleIn('orders-dlq.fifo')).toHaveLength(2);
    expect(publishedEvents()).toEqual([]);
  });
});

describe('a redrive', () => {
  test('moves messages to their source queues unchanged, without attributes about the failure', async () => {
    aws.put('orders-dlq.fifo', command(1), { group: 'order-1', attributes: { Reason: 'wrong', SourceArn: 'arn' } });
    aws.put('processing-dlq', event(2), { attributes: { ERROR_CODE: 'X', RULE_ARN: 'arn', TARGET_ARN: 'arn', tenant: 'shop-1' } });
    const answer = await redrive();

    expect(answer.complete).toBe(true);
    expect(answer.queues.map(({ moved }) => moved)).toEqual([1, 1, 0, 0]);
    expect(aws.in('orders.fifo')).toMatchObject([{ Body: JSON.stringify(command(1)), Attributes: { MessageGroupId: 'order-1' } }]);
    expect(aws.in('orders.fifo')[0].MessageAttributes).toBeUndefined();
    expect(aws.in('processing')).toMatchObject([{ Body: JSON.stringify(event(2)) }]);
    expect(aws.in('processing')[0].MessageAttributes).toEqual({ tenant: { DataType: 'String', StringValue: 'shop-1' } });
    expect([aws.in('orders-dlq.fifo'), aws.in('processing-dlq')]).toEqual([[], []]);
  });

  test('publishes one event for each order, however many of its messages were moved', async () => {
    const [id] = putCommands('order-2', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    aws.put('processing-dlq', event(2), { attributes: { Reason: 'wrong or missing: /x' } });
    aws.put('processing-dlq', event(3));
    await redrive();

    expect(publishedEvents()).toMatchObject([
      {
        type: 'OrderRedriven',
        metadata: { eventType: 'OrderRedriven', orderId: 'order-2', commandId: 'command-1', correlationId: 'correlation-1', causationId: id, channel: 'bus' },
        data: {
          messages: 13,
          queues: [
            { queue: 'orders', messages: 12, reasons: ['failed 5 times'], types: ['PlaceOrder'] },
            { queue: 'processing', messages: 1, reasons: ['wrong or missing: /x'], types: ['OrderValidated'] },
          ],
        },
      },
      { metadata: { orderId: 'order-3' }, data: { messages: 1 } },
    ]);
    expect(new Set(publishedEvents().map(({ metadata }) => metadata.eventId)).size).toBe(2);
  });

  test('sends and deletes ten messages a request', async () => {
    for (let n = 0; n < 100; n++) aws.put('processing-dlq', event(n));
    expect(reportOn(await redrive(), 'processing').moved).toBe(100);

    expect([aws.count('SendMessageBatch'), aws.countEntries('SendMessageBatch'), aws.count('DeleteMessageBatch'), aws.countEntries('DeleteMessageBatch')])
      .toEqual([10, 100, 10, 100]);
  });

  test('never sends two messages of a FIFO message group in one request, of which SQS could fail the first', async () => {
    putCommands('order-1', 1, 2, 3);
    putCommands('order-2', 11, 12);
    await redrive();

    const groups = aws.calls.filter(({ name }) => name === 'SendMessageBatch')
      .map(({ input }) => (input.Entries as { MessageGroupId: string }[]).map(({ MessageGroupId }) => MessageGroupId));
    expect(groups).toEqual([['order-1', 'order-2'], ['order-1', 'order-2'], ['order-1']]);
  });

  test('repeats the entries of a batch that failed', async () => {
    for (const n of [1, 2, 3]) aws.put('processing-dlq', event(n));
    const failures = new Map<string, number>();
    aws.failEntry = (name, { Id }) => {
      const key = `${name} ${Id}`;
      failures.set(key, (failures.get(key) ?? 0) + 1);
      return Id === '1' && failures.get(key) === 1 ? 'ServiceUnavailable' : undefined;
    };
    expect(reportOn(await redrive(), 'processing')).toMatchObject({ moved: 3, failed: 0 });
    expect(bodiesIn('processing').sort()).toEqual(['command-1', 'command-2', 'command-3']);
    expect(aws.in('processing-dlq')).toEqual([]);
  });

  test('does not expose EventBridge error messages, which name resources of the account, in an order\'s history', async () => {
    aws.put('processing-dlq', event(1), { attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'not authorized to send to arn:aws:sqs:eu-west-1:111122223333:q' } });
    await redrive();

    expect(publishedEvents()).toMatchObject([{ data: { queues: [{ reasons: ['NO_PERMISSIONS'] }] } }]);
  });

  test('publishes no event for messages about no order, or for `OrderRedriven` events', async () => {
    aws.put('processing-dlq', { fileId: '0'.repeat(32) });
    aws.put('processing-dlq', { ...event(1), 'detail-type': 'OrderRedriven' });
    await redrive();

    expect(aws.in('processing')).toHaveLength(2);
    expect(publishedEvents()).toEqual([]);
  });

  test('keeps the order of a message group across several receives', async () => {
    putCommands('order-1', ...Array.from({ length: 23 }, (_, n) => n));
    putCommands('order-2', 100, 101);
    await redrive();

    const of = (group: string) => aws.in('orders.fifo').filter(({ Attributes }) => Attributes!.MessageGroupId === group).map(({ Body }) => JSON.parse(Body!).commandId);
    expect(of('order-1')).toEqual(Array.from({ length: 23 }, (_, n) => `command-${n}`));
    expect(of('order-2')).toEqual(['command-100', 'command-101']);
  });

  test('fails when a message cannot be sent: the rest of its group is not moved, other groups are', async () => {
    putCommands('order-1', 1, 2, 3);
    putCommands('order-2', 4);
    failToSend('command-2');
    const answer = await redrive();

    expect(bodiesIn('orders.fifo').sort()).toEqual(['command-1', 'command-4']);
    expect(bodiesIn('orders-dlq.fifo')).toEqual(['command-2', 'command-3']);
    expect(aws.visibleIn('orders-dlq.fifo')).toHaveLength(2);
    expect(answer.complete).toBe(false);
    const states = reportOn(answer, 'orders').messages.map(({ commandId, state, stateReason }) => [commandId, state, stateReason]);
    expect(states).toEqual([
      ['command-2', 'FAILED', 'ServiceUnavailable'],
      ['command-3', 'NOT_ATTEMPTED', 'an earlier message of its group was not moved'],
    ]);
  });

  test('fails for one message of a standard queue, and moves the others', async () => {
    for (const n of [1, 2, 3]) aws.put('processing-dlq', event(n));
    failToSend('command-2');
    const answer = await redrive();

    expect(reportOn(answer, 'processing')).toMatchObject({ moved: 2, failed: 1 });
    expect(bodiesIn('processing-dlq')).toEqual(['command-2']);
  });

  test('moves messages although their events cannot be published, and returns how many orders lack one', async () => {
    for (let n = 0; n < 15; n++) aws.put('processing-dlq', event(n));
    acceptEvents(({ metadata }) => metadata.orderId === 'order-7');
    expect(await redrive()).toMatchObject({ complete: true, unpublished: 1 });
    expect(aws.in('processing-dlq')).toEqual([]);
  });

  test('stops publishing events when the bus accepts none, so that the invocation ends in time', async () => {
    for (let n = 0; n < 250; n++) aws.put('processing-dlq', event(n));
    acceptEvents(() => true);

    expect(await redrive({ maxPerSecond: 1000 })).toMatchObject({ unpublished: 250 });
    expect(new Set(publishedEvents().map(({ metadata }) => metadata.orderId)).size).toBe(100);
  });

  describe('that stops between sending and deleting', () => {
    test('is repeated without loss: a FIFO queue drops the repeat, and one event is published', async () => {
      putCommands('order-1', 1);
      fail('DeleteMessageBatch');
      expect((await redrive()).complete).toBe(false);
      expect([aws.in('orders-dlq.fifo').length, aws.in('orders.fifo').length]).toEqual([1, 1]);

      aws.crossing = (_name, _input, effect) => effect();
      await redrive();
      expect([aws.in('orders-dlq.fifo').length, aws.in('orders.fifo').length]).toEqual([0, 1]);
      expect(publishedEvents()).toMatchObject([{ data: { messages: 1 } }]);
    });

    test('is repeated without loss: a standard queue receives the message twice, and its consumer ignores the repeat', async () => {
      aws.put('processing-dlq', event(1));
      fail('DeleteMessageBatch');
      await redrive();
      aws.crossing = (_name, _input, effect) => effect();
      await redrive();

      expect(bodiesIn('processing')).toEqual(['command-1', 'command-1']);
      expect(aws.in('processing-dlq')).toEqual([]);
    });
  });

  test.each(['before', 'after'])('that is killed at any request, %s it takes effect, loses nothing and keeps the order of each group', async (when) => {
    const ids = (queue: string) => [...new Set(bodiesIn(queue))];
    for (let killedAt = 1, isKilled = true; isKilled; killedAt++) {
      aws = new FakeSqs();
      putCommands('order-1', 1, 2, 3);
      putCommands('order-2', 11, 12);
      let requests = 0;
      aws.crossing = (_name, _input, effect) => {
        requests++;
        if (requests < killedAt) return effect();
        if (requests === killedAt && when === 'after') effect();
        throw new Error('the process was killed');
      };
      await redrive({ queue: 'orders' });
      isKilled = requests >= killedAt;

      aws.crossing = (_name, _input, effect) => effect();
      await jest.advanceTimersByTimeAsync(400_000);
      await redrive({ queue: 'orders' });
      expect(aws.in('orders-dlq.fifo')).toEqual([]);
      expect(ids('orders.fifo').filter((id) => /-\d$/.test(id))).toEqual(['command-1', 'command-2', 'command-3']);
      expect(ids('orders.fifo').filter((id) => /-1\d$/.test(id))).toEqual(['command-11', 'command-12']);
    }
  });

  test('moves a command that failed again within five minutes, because its deduplication ID is different', async () => {
    putCommands('order-1', 1);
    await redrive();
    putCommands('order-1', 1);
    await redrive();

    expect(bodiesIn('orders.fifo')).toEqual(['command-1', 'command-1']);
  });

  test('does not move a message again that fails again during the run', async () => {
    putCommands('order-1', 1);
    aws.crossing = (name, input, effect) => {
      const answer = effect();
      if (name === 'SendMessageBatch') aws.put('orders-dlq.fifo', (input.Entries as { MessageBody: string }[])[0].MessageBody, { group: 'order-1', ago: 0 });
      return answer;
    };
    const answer = await redrive();

    expect(reportOn(answer, 'orders')).toMatchObject({ moved: 1, received: 1, sentDuringRun: 1, matching: 1 });
    expect(aws.visibleIn('orders-dlq.fifo')).toHaveLength(1);
  });

  test('does not move messages that arrived after the start of the command, which is in the request', async () => {
    aws.put('processing-dlq', event(1), { ago: 90_000 });
    aws.put('processing-dlq', event(2), { ago: 30_000 });
    const answer = await redrive({ startedAt: NOW - 60_000 });

    expect(answer.startedAt).toBe(NOW - 60_000);
    expect(reportOn(answer, 'processing')).toMatchObject({ count: 2, moved: 1, received: 1, sentDuringRun: 1 });
    expect(bodiesIn('processing')).toEqual(['command-1']);
  });

  test('does not accept a start of the command in the future, by which a message that fails again would be moved without end', async () => {
    aws.put('processing-dlq', event(1), { ago: -1000 });
    expect(reportOn(await redrive({ startedAt: NOW + 3_600_000 }), 'processing')).toMatchObject({ moved: 0, sentDuringRun: 1 });
  });

  test('leaves messages that do not match in the queue, visible to other consumers', async () => {
    putCommands('order-1', 1, 2);
    putCommands('order-2', 3);
    await redrive({ orderId: 'order-2' });

    expect(bodiesIn('orders.fifo')).toEqual(['command-3']);
    expect(aws.visibleIn('orders-dlq.fifo')).toHaveLength(2);
  });

  test('moves at most `limit` messages per queue', async () => {
    for (let n = 1; n <= 5; n++) aws.put('processing-dlq', event(n));
    expect(reportOn(await redrive({ limit: 2 }), 'processing')).toMatchObject({ moved: 2, stopReason: 'LIMIT' });
    expect(aws.visibleIn('processing-dlq')).toHaveLength(3);
  });

  test('never deletes a message that is not redrivable', async () => {
    aws.put('stream-dlq', { DDBStreamBatchInfo: {} });
    aws.put('expiry-dlq', {});
    const answer = await redrive();

    expect(answer.complete).toBe(true);
    expect([aws.visibleIn('stream-dlq').length, aws.visibleIn('expiry-dlq').length]).toEqual([1, 1]);
    expect(reportOn(answer, 'stream').messages).toMatchObject([{ state: 'NOT_REDRIVABLE' }]);
  });
});

describe('a record of the table\'s stream', () => {
  const record = streamRecord('9', undefined, confirmedItem());
  beforeEach(() => {
    aws.put('stream-dlq', record, { attributes: { Reason: 'wrong or missing: /outcome' } });
  });

  test('is sent to the consumer of the stream in a stream event', async () => {
    await redrive();

    expect(lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { FunctionName: 'publish-order-changes', Payload: JSON.stringify({ Records: [record] }) },
    ]);
    expect(aws.in('stream-dlq')).toEqual([]);
    expect(publishedEvents()).toMatchObject([{ type: 'OrderRedriven', metadata: { orderId: 'order-1', commandId: 'command-1' }, data: { queues: [{ types: ['OrderConfirmed'] }] } }]);
  });

  test.each([
    ['does not take it', { batchItemFailures: [{ itemIdentifier: '9' }] }, undefined, 'RecordNotConsumed'],
    ['fails', {}, 'Unhandled', 'ConsumerFailed'],
  ])('fails when the consumer %s: the message stays', async (_, answer, functionError, stateReason) => {
    streamConsumerAnswers(answer, functionError);

    expect(reportOn(await redrive(), 'stream')).toMatchObject({ failed: 1, messages: [{ state: 'FAILED', stateReason }] });
    expect(aws.visibleIn('stream-dlq')).toHaveLength(1);
  });
});

describe('the rate of a redrive', () => {
  /** The times of all messages that were sent, in milliseconds. */
  function sentTimes() {
    const sent: number[] = [];
    aws.crossing = (name, input, effect) => {
      if (name === 'SendMessageBatch') sent.push(...(input.Entries as object[]).map(() => Date.now() - NOW));
      return effect();
    };
    return sent;
  }

  test('is `maxPerSecond` across all queues', async () => {
    for (let n = 0; n < 15; n++) aws.put('processing-dlq', event(n));
    putCommands('order-1', 100, 101, 102);
    const sent = sentTimes();
    await redrive({ maxPerSecond: 2 });

    expect(sent).toHaveLength(18);
    const sentIn = (second: number) => sent.filter((at) => Math.floor(at / 1000) === second).length;
    for (let second = 0; second < 20; second++) expect(sentIn(second)).toBeLessThanOrEqual(2);
  });

  test('also holds across invocations that follow each other', async () => {
    for (let n = 0; n < 60; n++) aws.put('processing-dlq', event(n));
    const sent = sentTimes();
    await redrive({ maxPerSecond: 20, limit: 30 });
    const pause = Math.max(...sent);
    const before = Date.now() - NOW;
    await redrive({ maxPerSecond: 20, limit: 30 });

    expect(sent).toHaveLength(60);
    // The first ten messages of the second invocation take half a second.
    expect(Math.min(...sent.filter((at) => at > pause)) - before).toBe(500);
  });

  test('is a hundred messages a second by default', async () => {
    for (let n = 0; n < 300; n++) aws.put('processing-dlq', event(n));
    const answer = handler({ action: 'redrive', dryRun: false }, sampleContext(300_000));
    await jest.advanceTimersByTimeAsync(1990);
    expect(aws.in('processing').length).toBeGreaterThan(180);
    expect(aws.in('processing').length).toBeLessThanOrEqual(200);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(reportOn(await answer, 'processing').moved).toBe(300);
  });

  test('lets one invocation move thousands of messages', async () => {
    for (let n = 0; n < 3000; n++) aws.put('processing-dlq', event(n));
    expect(reportOn(await redrive({ maxSeconds: 40 }), 'processing').moved).toBe(3000);
  });
});

describe('near the timeout of the invocation', () => {
  /** A function with a minute: it stops when a third of that is left. */
  const minute = () => {
    const started = Date.now();
    return { getRemainingTimeInMillis: () => started + 60_000 - Date.now() } as ReturnType<typeof sampleContext>;
  };

  test('it stops, reports which messages were not attempted, and releases them', async () => {
    for (let n = 0; n < 100; n++) aws.put('processing-dlq', event(n));
    putCommands('order-1', 200);
    aws.put('stream-dlq', streamRecord('9', undefined, confirmedItem()));
    const answer = await call({ action: 'redrive', dryRun: false, maxPerSecond: 1 }, minute());

    expect(answer.complete).toBe(false);
    const { moved, stopReason, failed, messages } = reportOn(answer, 'processing');
    expect([moved, stopReason, failed]).toEqual([39, 'TIME_IS_UP', 0]);
    expect(messages.filter(({ state }) => state === 'NOT_ATTEMPTED')).not.toContainEqual(expect.not.objectContaining({ stateReason: 'the time was up' }));
    expect(reportOn(answer, 'stream')).toMatchObject({ received: 0, stopReason: 'TIME_IS_UP' });
    expect(aws.visibleIn('processing-dlq')).toHaveLength(61);
  });

  test('it also stops after `maxSeconds`', async () => {
    for (let n = 0; n < 1000; n++) aws.put('processing-dlq', event(n));
    const { moved, stopReason } = reportOn(await redrive({ maxSeconds: 5 }), 'processing');

    expect(stopReason).toBe('TIME_IS_UP');
    expect(moved).toBeGreaterThan(480);
    expect(moved).toBeLessThanOrEqual(500);
    expect(aws.visibleIn('processing-dlq')).toHaveLength(1000 - moved);
  });

  test('received messages stay in flight a few seconds longer than the invocation can last', async () => {
    aws.put('processing-dlq', event(1));
    await call({ action: 'list' }, minute());

    const receive = aws.calls.find(({ name }) => name === 'ReceiveMessage')!;
    expect(receive.input).toMatchObject({ VisibilityTimeout: 65, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 });
  });
});

describe('an invalid request', () => {
  test.each([
    [undefined, 'the request must be an object with an action'],
    [{}, 'action must be "count", "list" or "redrive"'],
    [{ action: 'purge' }, 'action must be "count", "list" or "redrive"'],
    [{ action: 'redrive', dryrun: false }, 'unknown field dryrun'],
    [{ action: 'redrive', dryRun: 'no' }, 'dryRun must be true or false'],
    [{ action: 'list', queue: 'nope' }, 'unknown queue "nope"; use one of orders, processing, stream, expiry'],
    [{ action: 'list', orderId: '../x' }, 'orderId must have 1 to 64 letters, digits, hyphens and underscores'],
    [{ action: 'list', error: '' }, 'error must have 1 to 256 characters'],
    [{ action: 'list', olderThan: '2h' }, 'olderThan must be a number of seconds'],
    [{ action: 'list', newerThan: -1 }, 'newerThan must be a number of seconds'],
    [{ action: 'list', limit: 0 }, 'limit must be between 1 and 1000000'],
    [{ action: 'redrive', maxPerSecond: 1001 }, 'maxPerSecond must be between 1 and 1000'],
    [{ action: 'redrive', maxPerSecond: 0, limit: 'all' }, 'limit must be between 1 and 1000000; maxPerSecond must be between 1 and 1000'],
  ])('fails when it is %p, and touches nothing', async (request, message) => {
    await expect(call(request as object)).rejects.toThrow(`invalid request: ${message}`);
    expect(aws.calls).toEqual([]);
  });
});

test('the log contains the IDs of every moved message, and no content of orders', async () => {
  aws.put('orders-dlq.fifo', sampleCommand({ payload: { notes: 'canary' } }), { group: 'order-1' });
  aws.put('processing-dlq', '{"orderId": "canary with a name", "commandId": "canary with a name"}');
  const answer = await redrive();

  expect(loggedEntries()[0]).toMatchObject({
    message: 'dead-letter messages redriven',
    outcomes: [{ outcome: 'MessageRedriven', orderId: 'order-1', commandId: 'command-1', correlationId: 'correlation-1', reason: 'failed 5 times' }],
  });
  expect(loggedText()).not.toContain('canary');
  expect(JSON.stringify(answer)).not.toContain('canary');
});

test('nothing is ever purged', async () => {
  putCommands('order-1', 1);
  await redrive();
  expect(sqs.commandCalls(PurgeQueueCommand)).toEqual([]);
});

describe('routes in a parameter', () => {
  const ssm = mockClient(SSMClient);
  const REDRIVE_ROUTES = JSON.stringify({
    at: 'https://sqs.test/1/orders-dlq.fifo', routes: [{ name: 'orders', from: 'orders-dlq.fifo', to: 'orders.fifo', fifo: true }], more: ['Further'],
  });
  const routes = [{ name: 'processing', from: 'processing-dlq', to: 'processing' }];
  const FURTHER = { Parameters: [{ Name: 'Further', Value: JSON.stringify({ at: 'https://sqs.test/1/any', routes }) }] };
  const load = () => loadHandler<typeof import('../../handlers/redrive-dead-letters')>('redrive-dead-letters', { REDRIVE_ROUTES }).handler;
  const answer = async (invoked: ReturnType<typeof load>) => {
    const response = invoked({ action: 'list' }, sampleContext(300_000));
    response.catch(() => undefined);
    await jest.advanceTimersByTimeAsync(120_000);
    return (await response).queues.map(({ queue }) => queue);
  };
  beforeEach(() => {
    ssm.reset();
    ssm.on(GetParametersCommand, { Names: ['Further'] }).resolves(FURTHER);
  });

  test('are used like the others, and are read once', async () => {
    const loaded = load();
    expect(await answer(loaded)).toEqual(['orders', 'processing']);
    expect(await answer(loaded)).toEqual(['orders', 'processing']);
    expect(ssm.commandCalls(GetParametersCommand)).toHaveLength(1);
  });

  test('that cannot be read fail the invocation, and the next one reads them again', async () => {
    ssm.on(GetParametersCommand, { Names: ['Further'] }).rejectsOnce(Object.assign(new Error('throttled'), { name: 'ThrottlingException' })).resolves(FURTHER);
    const loaded = load();
    await expect(answer(loaded)).rejects.toThrow('throttled');
    expect(await answer(loaded)).toEqual(['orders', 'processing']);
  });
});
