import '../../../support/handler-env';
import type { SQSRecord } from 'aws-lambda';
import { consumeBatch, consumeQueue, eventIdOf, messageGroupOf, PoisonMessage, type Consumer } from '#shared';
import { loggedEntries } from '../../../support/captured-logs';
import { failed, fifoRecord, sqsEvent, sqsRecord } from '../../../support/sqs-event';
import { streamRecord } from '../../../support/stream-event';

/** Consumes records as their body demands, and records the calls. */
function consumer(changes: Partial<Consumer<SQSRecord>> = {}) {
  const consumed: string[] = [];
  const sendToDeadLetterQueue: [id: string, reason: string][] = [];
  return {
    consumed,
    poison: sendToDeadLetterQueue,
    summary: 'things done',
    consume: async ({ messageId, body }: SQSRecord) => {
      if (body === 'fail') throw new RangeError('out of range');
      if (body === 'poison') throw new PoisonMessage('it is poison');
      consumed.push(messageId);
      return { outcome: 'Done', orderId: messageId };
    },
    sendToDeadLetterQueue: async ({ messageId }: SQSRecord, reason: string) => void sendToDeadLetterQueue.push([messageId, reason]),
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

  expect(await consumeBatch([streamRecord('7', undefined, {})], eventIdOf, { summary: 'changes', consume, sendToDeadLetterQueue: consume })).toEqual(failed('7'));
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

    expect(await consumeQueue(sqsEvent(sqsRecord('1', 'poison')), consumer({ sendToDeadLetterQueue }))).toEqual(failed('1'));
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

test('what fails comes again soon where that is asked for, and whether or not that succeeds', async () => {
  const retryWithBackoff = jest.fn(async () => { throw new Error('down'); });

  expect(await consumeQueue(sqsEvent(sqsRecord('1', 'ok'), sqsRecord('2', 'fail'), sqsRecord('3', 'poison')), consumer({ retryWithBackoff }))).toEqual(failed('2'));
  expect(retryWithBackoff).toHaveBeenCalledTimes(1);
  expect(retryWithBackoff).toHaveBeenCalledWith(expect.objectContaining({ messageId: '2' }));
});
