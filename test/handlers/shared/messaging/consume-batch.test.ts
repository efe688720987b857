import '../../../support/handler-env';
import type { SQSRecord } from 'aws-lambda';
import { consumeBatch, consumeQueue, eventIdOf, messageGroupOf, PoisonMessage, RetriesExhausted, type Consumer, type FailurePolicy } from '#shared';
import { loggedEntries } from '../../../support/captured-logs';
import { failed, fifoRecord, sqsEvent, sqsRecord } from '../../../support/sqs-event';
import { streamRecord } from '../../../support/stream-event';

/** Consumes records as their body demands, and records the calls. */
function consumer(changes: Partial<Consumer<SQSRecord>> = {}, policy: Partial<FailurePolicy<SQSRecord>> = {}) {
  const consumed: string[] = [];
  const poison: [id: string, reason: string][] = [];
  const delayed: string[][] = [];
  return {
    consumed,
    poison,
    delayed,
    summary: 'things done',
    consume: async ({ messageId, body }: SQSRecord) => {
      if (body === 'fail') throw new RangeError('out of range');
      if (body === 'poison') throw new PoisonMessage('it is poison');
      consumed.push(messageId);
      return { outcome: 'Done', orderId: messageId };
    },
    onFailure: {
      sendToDeadLetterQueue: async ({ messageId }: SQSRecord, reason: string) => void poison.push([messageId, reason]),
      beforeAttempt: () => undefined,
      afterAttempt: (_: SQSRecord, error: Error) => error,
      delayRetry: async (failures: readonly SQSRecord[]) => void delayed.push(failures.map(({ messageId }) => messageId)),
      ...policy,
    },
    ...changes,
  };
}

describe('a standard queue', () => {
  test('fails when a message fails: that one comes again, the rest is done', async () => {
    const done = consumer();

    expect(await consumeQueue(sqsEvent(sqsRecord('1', 'ok'), sqsRecord('2', 'fail'), sqsRecord('3', 'ok')), done)).toEqual(failed('2'));
    expect(done.consumed).toEqual(['1', '3']);
  });

  test('fails when every message fails: they come again by the answer, without an error of the function', async () => {
    expect(await consumeQueue(sqsEvent(sqsRecord('1', 'fail'), sqsRecord('2', 'fail')), consumer())).toEqual(failed('1', '2'));
  });
});

describe('a FIFO queue', () => {
  test('fails when a message fails: the rest of its group comes again untouched, other groups go on', async () => {
    const done = consumer();
    const event = sqsEvent(fifoRecord('1', 'ok', 'a'), fifoRecord('2', 'fail', 'a'), fifoRecord('3', 'ok', 'b'), fifoRecord('4', 'ok', 'a'));

    expect(await consumeBatch(event.Records, messageGroupOf, done)).toEqual(failed('2', '4'));
    expect(done.consumed).toEqual(['1', '3']);
  });

  test('consumes the messages of a group one after the other', async () => {
    const steps: string[] = [];
    const consume = async ({ messageId }: SQSRecord) => {
      steps.push(`begin ${messageId}`);
      await Promise.resolve();
      steps.push(`end ${messageId}`);
      return { outcome: 'Done' };
    };
    await consumeBatch([fifoRecord('1', 'ok', 'a'), fifoRecord('2', 'ok', 'a')], messageGroupOf, consumer({ consume }));

    expect(steps).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });
});

test('fails when a change of a stream fails: it comes again by its sequence number', async () => {
  const consume = async () => { throw new Error('down'); };
  const onFailure = {
    sendToDeadLetterQueue: consume,
    beforeAttempt: () => undefined,
    afterAttempt: (_: unknown, error: Error) => error,
    delayRetry: async () => undefined,
  };

  expect(await consumeBatch([streamRecord('7', undefined, {})], eventIdOf, { summary: 'changes', consume, onFailure })).toEqual(failed('7'));
});

describe('poison', () => {
  test('goes to the dead-letter queue with its reason and is not redelivered', async () => {
    const done = consumer();

    expect(await consumeQueue(sqsEvent(sqsRecord('1', 'poison'), sqsRecord('2', 'ok')), done)).toEqual(failed());
    expect(done.poison).toEqual([['1', 'it is poison']]);
    expect(done.consumed).toEqual(['2']);
  });

  test('does not stop its group', async () => {
    const done = consumer();

    expect(await consumeBatch([fifoRecord('1', 'poison', 'a'), fifoRecord('2', 'ok', 'a')], messageGroupOf, done)).toEqual(failed());
    expect(done.consumed).toEqual(['2']);
  });

  test('fails when the dead-letter queue fails: it is redelivered', async () => {
    const sendToDeadLetterQueue = async () => { throw new Error('down'); };

    expect(await consumeQueue(sqsEvent(sqsRecord('1', 'poison')), consumer({}, { sendToDeadLetterQueue }))).toEqual(failed('1'));
  });
});

test('a batch leaves one line with all its outcomes, and a count of each', async () => {
  await consumeQueue(sqsEvent(sqsRecord('1', 'ok'), sqsRecord('2', 'fail'), sqsRecord('3', 'poison')), consumer());

  const [line, counts, ...others] = loggedEntries();
  expect(others).toEqual([]);
  expect(line).toMatchObject({
    message: 'things done',
    count: 3,
    outcomes: expect.arrayContaining([
      { outcome: 'Done', orderId: '1' },
      { outcome: 'ConsumeFailed', messageId: '2', reason: 'RangeError' },
      { outcome: 'PoisonMessage', messageId: '3', reason: 'it is poison' },
    ]),
  });
  expect(counts).toMatchObject({ Done: 1, ConsumeFailed: 1, PoisonMessage: 1 });
});

describe('the failure policy', () => {
  const EVENT = sqsEvent(sqsRecord('1', 'ok'), sqsRecord('2', 'fail'), sqsRecord('3', 'poison'), sqsRecord('4', 'fail'));

  test('delays the next attempt for the messages that failed', async () => {
    const done = consumer();

    expect(await consumeQueue(EVENT, done)).toEqual(failed('2', '4'));
    expect(done.delayed).toEqual([['2', '4']]);
  });

  test('delays nothing when no message failed', async () => {
    const done = consumer();
    await consumeQueue(sqsEvent(sqsRecord('1', 'ok'), sqsRecord('3', 'poison')), done);

    expect(done.delayed).toEqual([]);
  });

  test('retries messages even if the delay fails', async () => {
    const delayRetry = async () => { throw new Error('down'); };

    expect(await consumeQueue(EVENT, consumer({}, { delayRetry }))).toEqual(failed('2', '4'));
  });

  test('ends the retries of a message that failed for long enough', async () => {
    const done = consumer({}, { afterAttempt: (_, { name }) => new RetriesExhausted(`retried for 24 hours: ${name}`) });

    expect(await consumeQueue(sqsEvent(sqsRecord('2', 'fail')), done)).toEqual(failed());
    expect(done.poison).toEqual([['2', 'retried for 24 hours: RangeError']]);
    expect(loggedEntries()).toMatchObject([
      { outcomes: [{ outcome: 'RetriesExhausted', messageId: '2', reason: 'retried for 24 hours: RangeError' }] }, { RetriesExhausted: 1 },
    ]);
  });

  test('does not attempt a message that was abandoned', async () => {
    const done = consumer({}, { beforeAttempt: () => { throw new RetriesExhausted('no invocation completed'); } });

    expect(await consumeQueue(sqsEvent(sqsRecord('1', 'ok')), done)).toEqual(failed());
    expect(done.consumed).toEqual([]);
    expect(done.poison).toEqual([['1', 'no invocation completed']]);
  });
});
