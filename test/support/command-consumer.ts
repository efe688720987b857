import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { loggedEntries, loggedText } from './captured-logs';
import { FakeOrdersTable } from './fake-orders-table';
import { acceptEvents, eventBridge } from './published-events';
import { sentMessages, sqs } from './sent-messages';
import { failed, sqsEvent, sqsRecord } from './sqs-event';

type Handler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** Tables, bus and dead-letter queue for a test of a handler of commands, new for each test. */
export function freshAws(): FakeOrdersTable {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  [eventBridge, sqs].forEach((client) => client.reset());
  acceptEvents();
  sqs.on(SendMessageCommand).resolves({});
  return new FakeOrdersTable();
}

/** Hands a handler a batch, whose messages are named by their numbers from 1. */
export const deliver = (handler: Handler, ...bodies: unknown[]): Promise<SQSBatchResponse> =>
  handler(sqsEvent(...bodies.map((body, index) => sqsRecord(`message-${index + 1}`, body))));

/** The words of the log for what became of the last batch. */
export const loggedOutcomes = (): string[] =>
  loggedEntries().filter(({ outcomes }) => outcomes).at(-1).outcomes.map(({ outcome }: { outcome: string }) => outcome);

/** What every handler of commands does with a batch. `messageFor` makes a message that it takes, for an order that is not there. */
export const behavesAsCommandConsumer = (handler: Handler, messageFor: (orderId: string, commandId: string) => object): void => describe('as any handler of commands', () => {
  let table: FakeOrdersTable;
  beforeEach(() => {
    table = freshAws();
  });

  describe('when the table fails for one order', () => {
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });

    test('fails with that one alone: its message comes again', async () => {
      table.crossing = (name, input, effect) => {
        if (name === 'put' && (input.Item as { orderId: string }).orderId === 'order-2') throw throttled;
        return effect();
      };
      const messages = [1, 2, 3].map((n) => messageFor(`order-${n}`, `command-${n}`));

      expect(await deliver(handler, ...messages)).toEqual(failed('message-2'));
      expect([1, 2, 3].map((n) => table.order(`order-${n}`)?.revision)).toEqual([1, undefined, 1]);
      expect(loggedEntries()[0].outcomes).toContainEqual({ outcome: 'ConsumeFailed', messageId: 'message-2', reason: 'ThrottlingException' });
    });
  });

  describe('a message that is not an event of the pipeline', () => {
    test.each([
      ['is not JSON', 'not JSON', 'the body is not JSON'],
      ['is of another type', { 'detail-type': 'OrderShipped', 'detail': {} }, 'wrong or missing: /detail-type'],
      ['lacks its metadata', { 'detail-type': 'OrderFulfilled', 'detail': { data: {} } }, '/detail/metadata'],
    ])('goes to the dead-letter queue at once when it %s', async (_, body, reason) => {
      expect(await deliver(handler, body)).toEqual(failed());

      expect(sentMessages()).toMatchObject([{
        QueueUrl: 'https://sqs.test/dead-letters', MessageAttributes: { Reason: { StringValue: expect.stringContaining(reason) } },
      }]);
      expect(table.puts).toEqual([]);
    });

    test('does not stop the others', async () => {
      expect(await deliver(handler, 'not JSON', messageFor('order-1', 'command-1'))).toEqual(failed());
      expect(table.order()).toBeDefined();
    });

    test('fails when the dead-letter queue does not take it: it comes again', async () => {
      sqs.on(SendMessageCommand).rejects(new Error('down'));

      expect(await deliver(handler, 'not JSON')).toEqual(failed('message-1'));
    });
  });

  test('the log contains no data of a message', async () => {
    await deliver(handler, { canary: 'canary' }, { 'detail-type': 'OrderFulfilled', 'detail': { metadata: { orderId: 'canary canary' }, data: 'canary' } });

    expect(loggedText()).not.toContain('canary');
  });
});
