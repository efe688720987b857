import '../../../support/handler-env';
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { consumeBatch, messageGroupOf, queueFailurePolicy, RetriesExhausted, retryDelay, RetryableError, streamFailurePolicy } from '#shared';
import { failed, fifoRecord, sqsRecord } from '../../../support/sqs-event';
import { streamRecord } from '../../../support/stream-event';

const NOW = Date.parse('2026-01-31T12:00:00.000Z');
const HOUR = 3600;

beforeEach(() => { jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate'] }); });

const secondsAgo = (seconds: number): string => String(NOW - seconds * 1000);

type Requests = Parameters<typeof queueFailurePolicy>[0];

/** A queue that retries for 24 hours and keeps messages for 4 days. */
function queue() {
  const changed: Parameters<Requests['changeVisibility']>[0][] = [];
  const sent: [id: string, reason: string][] = [];
  const policy = queueFailurePolicy({
    sendToDeadLetterQueue: async ({ messageId }: SQSRecord, reason) => void sent.push([messageId, reason]),
    changeVisibility: async (entries) => void changed.push(entries),
  }, { retryDuration: 24 * HOUR, maxMessageAge: 95 * HOUR });
  return { policy, changed, sent };
}

const received = (receivedAgo: number, sentAgo = receivedAgo, attributes: Record<string, string> = {}) =>
  sqsRecord('1', 'body', { ApproximateFirstReceiveTimestamp: secondsAgo(receivedAgo), SentTimestamp: secondsAgo(sentAgo), ...attributes });

describe('the delay before the next attempt', () => {
  test.each([[1, 3, 5], [2, 5, 10], [3, 10, 20], [8, 320, 640], [9, 450, 900], [200, 450, 900]])(
    'after %d receives is between %d and %d seconds', (receiveCount, shortest, longest) => {
      expect(retryDelay(receiveCount, 0)).toBe(shortest);
      expect(retryDelay(receiveCount, 0.999_999)).toBe(longest);
    },
  );

  test('makes all messages of a group visible at the same time, by the receives of the first', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.999_999);
    const { policy, changed } = queue();
    await policy.delayRetry([
      fifoRecord('1', 'body', 'a', { ApproximateReceiveCount: '4' }),
      fifoRecord('2', 'body', 'b', { ApproximateReceiveCount: '1' }),
      fifoRecord('3', 'body', 'a', { ApproximateReceiveCount: '1' }),
    ]);

    expect(changed).toEqual([[
      { Id: '0', ReceiptHandle: 'receipt-1', VisibilityTimeout: 40 },
      { Id: '1', ReceiptHandle: 'receipt-3', VisibilityTimeout: 40 },
      { Id: '2', ReceiptHandle: 'receipt-2', VisibilityTimeout: 5 },
    ]]);
  });
});

describe('a message that failed', () => {
  const error = new RetryableError('ThrottlingException', 'slow down');

  test('is retried during the retry duration', () => {
    expect(queue().policy.afterAttempt(received(24 * HOUR - 1), error)).toBe(error);
  });

  test('is retried for the retry duration after its first receive, however long it waited before', () => {
    expect(queue().policy.afterAttempt(received(HOUR, 90 * HOUR), error)).toBe(error);
  });

  test('goes to the dead-letter queue after the retry duration', () => {
    const ended = queue().policy.afterAttempt(received(24 * HOUR), error);

    expect(ended).toBeInstanceOf(RetriesExhausted);
    expect(ended.message).toBe('retried for 24 hours: ThrottlingException');
  });

  test('goes to the dead-letter queue before it would expire', () => {
    expect(queue().policy.afterAttempt(received(HOUR, 95 * HOUR), error).message).toBe('retried for 95 hours: ThrottlingException');
  });

  test('is retried when the queue does not say when it was received', () => {
    expect(queue().policy.afterAttempt(sqsRecord('1', 'body', { ApproximateFirstReceiveTimestamp: '?', SentTimestamp: '?' }), error)).toBe(error);
  });
});

describe('a message whose invocations do not complete', () => {
  test('is attempted for twice the retry duration', () => {
    expect(() => { queue().policy.beforeAttempt(received(48 * HOUR - 1)); }).not.toThrow();
  });

  test('is then abandoned', () => {
    expect(() => { queue().policy.beforeAttempt(received(48 * HOUR)); }).toThrow(new RetriesExhausted('no invocation completed within 48 hours'));
  });
});

describe('a message group that fails for longer than the retry duration', () => {
  const consume = async (): Promise<never> => { throw new Error('down'); };
  const group = (sentAgo: number) => ['1', '2', '3'].map((id) =>
    fifoRecord(id, 'body', 'a', { ApproximateFirstReceiveTimestamp: secondsAgo(25 * HOUR), SentTimestamp: secondsAgo(sentAgo) }));

  test('moves its first message, and attempts the next', async () => {
    const { policy, sent } = queue();

    expect(await consumeBatch(group(25 * HOUR), messageGroupOf, { summary: 'things done', consume, onFailure: policy })).toEqual(failed());
    expect(sent.map(([id]) => id)).toEqual(['1', '2', '3']);
  });

  test('keeps messages that were not attempted', async () => {
    const stopped = new RetryableError('GroupStopped', 'an earlier record failed');

    expect(queue().policy.afterAttempt(received(25 * HOUR), stopped)).toBe(stopped);
  });

  test('moves also those before they would expire', async () => {
    const stopped = new RetryableError('GroupStopped', 'an earlier record failed');

    expect(queue().policy.afterAttempt(received(25 * HOUR, 95 * HOUR), stopped)).toBeInstanceOf(RetriesExhausted);
  });
});

describe('a record of a stream', () => {
  const record = (secondsOld: number) => streamRecord('1', undefined, {}, NOW - secondsOld * 1000);

  function stream(remaining = 30_000) {
    const slept: number[] = [];
    const policy = streamFailurePolicy({
      sendToDeadLetterQueue: async (_: DynamoDBRecord) => undefined, sleep: async (milliseconds) => void slept.push(milliseconds),
    }, () => remaining);
    return { policy, slept };
  }

  test.each([
    ['half its age', 4, 30_000, 2000],
    ['as long as the invocation allows', 3600, 30_000, 25_000],
    ['not at all when the invocation has no time left', 3600, 4000, 0],
  ])('waits %s before the next attempt', async (_, age, remaining, expected) => {
    const { policy, slept } = stream(remaining);
    await policy.delayRetry([record(age)]);

    expect(slept).toEqual([expected]);
  });

  test('is retried for 20 hours, and then kept as a whole in the dead-letter queue', () => {
    const error = new Error('down');

    expect(stream().policy.afterAttempt(record(20 * HOUR - 1), error)).toBe(error);
    expect(stream().policy.afterAttempt(record(20 * HOUR), error)).toEqual(new RetriesExhausted('retried for 20 hours: Error'));
  });
});
