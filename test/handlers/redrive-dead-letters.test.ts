import './shared/redrive/redrive-env';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeSqs } from './shared/redrive/fake-sqs';
import { handler } from '../../handlers/redrive-dead-letters';
import { loggedEntries, loggedText } from '../support/captured-logs';
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

describe('a list', () => {
  test('contains every queue and every message, with IDs, age and reason', async () => {
    const poison = aws.put('orders-dlq.fifo', 'no JSON', { group: 'order-1', attributes: { Reason: 'the body is not JSON' }, ago: 2 * HOUR });
    const undelivered = aws.put('processing-dlq', event(2), { attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'Access denied' } });
    const failed = aws.put('processing-dlq', event(3));

    expect(await list()).toEqual({
      action: 'list',
      dryRun: true,
      complete: true,
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
    expect([aws.count('SendMessage'), aws.count('DeleteMessage'), publishedEvents().length]).toEqual([0, 0, 0]);
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

  test('publishes an event with its own ID for each moved message about an order', async () => {
    const [id] = putCommands('order-1', 1);
    aws.put('processing-dlq', event(2), { attributes: { Reason: 'wrong or missing: /x' } });
    await redrive();

    expect(publishedEvents()).toMatchObject([
      {
        type: 'OrderRedriven',
        metadata: { eventType: 'OrderRedriven', orderId: 'order-1', commandId: 'command-1', correlationId: 'correlation-1', causationId: id, channel: 'bus' },
        data: { queue: 'orders', reason: 'failed 5 times', type: 'PlaceOrder' },
      },
      { metadata: { orderId: 'order-2' }, data: { queue: 'processing', reason: 'wrong or missing: /x', type: 'OrderValidated' } },
    ]);
    expect(new Set(publishedEvents().map(({ metadata }) => metadata.eventId)).size).toBe(2);
  });

  test('does not expose EventBridge error messages, which name resources of the account, in an order\'s history', async () => {
    aws.put('processing-dlq', event(1), { attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'not authorized to send to arn:aws:sqs:eu-west-1:111122223333:q' } });
    await redrive();

    expect(publishedEvents()).toMatchObject([{ data: { reason: 'NO_PERMISSIONS' } }]);
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
    fail('SendMessage', ({ MessageBody }: { MessageBody: string }) => MessageBody.includes('command-2'));
    const answer = await redrive();

    expect(bodiesIn('orders.fifo').sort()).toEqual(['command-1', 'command-4']);
    expect(bodiesIn('orders-dlq.fifo')).toEqual(['command-2', 'command-3']);
    expect(aws.visibleIn('orders-dlq.fifo')).toHaveLength(2);
    expect(answer.complete).toBe(false);
    const states = reportOn(answer, 'orders').messages.map(({ commandId, state, stateReason }) => [commandId, state, stateReason]);
    expect(states.sort()).toEqual([
      ['command-1', 'MOVED', undefined],
      ['command-2', 'FAILED', 'ServiceDown'],
      ['command-3', 'NOT_ATTEMPTED', 'an earlier message of its group was not moved'],
      ['command-4', 'MOVED', undefined],
    ]);
  });

  test('fails for one message of a standard queue, and moves the others', async () => {
    for (const n of [1, 2, 3]) aws.put('processing-dlq', event(n));
    fail('SendMessage', ({ MessageBody }: { MessageBody: string }) => MessageBody.includes('command-2'));
    const answer = await redrive();

    expect(reportOn(answer, 'processing')).toMatchObject({ moved: 2, failed: 1 });
    expect(bodiesIn('processing-dlq')).toEqual(['command-2']);
  });

  test('fails when the event cannot be published: the message stays and is moved again later', async () => {
    aws.put('processing-dlq', event(1));
    acceptEvents(() => true);
    expect(reportOn(await redrive(), 'processing')).toMatchObject({ moved: 0, failed: 1, messages: [{ stateReason: 'PutEvents.ThrottlingException' }] });
    expect(aws.visibleIn('processing-dlq')).toHaveLength(1);

    acceptEvents();
    await redrive();
    expect(aws.in('processing-dlq')).toEqual([]);
    expect(aws.in('processing')).toHaveLength(2);
  });

  describe('that stops between sending and deleting', () => {
    test('is repeated without loss: a FIFO queue drops the repeat, and the same event is published', async () => {
      putCommands('order-1', 1);
      fail('DeleteMessage');
      expect((await redrive()).complete).toBe(false);
      expect([aws.in('orders-dlq.fifo').length, aws.in('orders.fifo').length]).toEqual([1, 1]);

      aws.crossing = (_name, _input, effect) => effect();
      await redrive();
      expect([aws.in('orders-dlq.fifo').length, aws.in('orders.fifo').length]).toEqual([0, 1]);
      const [first, second] = publishedEvents();
      expect(second.metadata.eventId).toBe(first.metadata.eventId);
    });

    test('is repeated without loss: a standard queue receives the message twice, and its consumer ignores the repeat', async () => {
      aws.put('processing-dlq', event(1));
      fail('DeleteMessage');
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
      if (name === 'SendMessage') aws.put('orders-dlq.fifo', input.MessageBody, { group: 'order-1', ago: 0 });
      return answer;
    };
    const answer = await redrive();

    expect(reportOn(answer, 'orders')).toMatchObject({ moved: 1, received: 1, sentDuringRun: 1, matching: 1 });
    expect(aws.visibleIn('orders-dlq.fifo')).toHaveLength(1);
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
    expect(publishedEvents()).toMatchObject([{ type: 'OrderRedriven', metadata: { orderId: 'order-1', commandId: 'command-1' }, data: { type: 'OrderConfirmed' } }]);
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
  test('is `maxPerSecond` across all queues', async () => {
    const sent: number[] = [];
    for (let n = 0; n < 15; n++) aws.put('processing-dlq', event(n));
    putCommands('order-1', 100, 101, 102);
    aws.crossing = (name, _input, effect) => {
      if (name === 'SendMessage') sent.push(Date.now() - NOW);
      return effect();
    };
    await redrive({ maxPerSecond: 2 });

    expect(sent).toEqual(Array.from({ length: 18 }, (_, n) => n * 500));
  });

  test('is ten messages a second by default', async () => {
    for (let n = 0; n < 30; n++) aws.put('processing-dlq', event(n));
    const answer = handler({ action: 'redrive', dryRun: false }, sampleContext(300_000));
    await jest.advanceTimersByTimeAsync(1990);
    expect(aws.in('processing')).toHaveLength(20);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(reportOn(await answer, 'processing').moved).toBe(30);
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
    expect([moved, stopReason, failed]).toEqual([40, 'TIME_IS_UP', 0]);
    expect(messages.filter(({ state }) => state === 'NOT_ATTEMPTED')).not.toContainEqual(expect.not.objectContaining({ stateReason: 'the time was up' }));
    expect(reportOn(answer, 'stream')).toMatchObject({ received: 0, stopReason: 'TIME_IS_UP' });
    expect(aws.visibleIn('processing-dlq')).toHaveLength(60);
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
    [{}, 'action must be "list" or "redrive"'],
    [{ action: 'purge' }, 'action must be "list" or "redrive"'],
    [{ action: 'redrive', dryrun: false }, 'unknown field dryrun'],
    [{ action: 'redrive', dryRun: 'no' }, 'dryRun must be true or false'],
    [{ action: 'list', queue: 'nope' }, 'unknown queue "nope"; use one of orders, processing, stream, expiry'],
    [{ action: 'list', orderId: '../x' }, 'orderId must have 1 to 64 letters, digits, hyphens and underscores'],
    [{ action: 'list', error: '' }, 'error must have 1 to 256 characters'],
    [{ action: 'list', olderThan: '2h' }, 'olderThan must be a number of seconds'],
    [{ action: 'list', newerThan: -1 }, 'newerThan must be a number of seconds'],
    [{ action: 'list', limit: 0 }, 'limit must be between 1 and 10000'],
    [{ action: 'redrive', maxPerSecond: 101 }, 'maxPerSecond must be between 1 and 100'],
    [{ action: 'redrive', maxPerSecond: 0, limit: 'all' }, 'limit must be between 1 and 10000; maxPerSecond must be between 1 and 100'],
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
    message: 'dead-letter message redriven',
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
