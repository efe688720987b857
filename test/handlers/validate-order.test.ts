import '../support/handler-env';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as lambdaModule from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import * as validateOrder from '../../handlers/validate-order';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { freshAws } from '../support/command-consumer';
import type { FakeOrdersTable } from '../support/fake-orders-table';
import { loadHandler } from '../support/load-handler';
import { acceptEvents, eventBridge, putEventsRequests, publishedEvents } from '../support/published-events';
import { sampleContext } from '../support/sample-context';
import { SAMPLE_TIME, SAMPLE_TOTAL, sampleCommand } from '../support/sample-messages';
import { sampleOrder } from '../support/sample-order';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed, fifoRecord, sqsEvent } from '../support/sqs-event';

let table: FakeOrdersTable;
beforeEach(() => {
  table = freshAws();
});

const validate = (...records: SQSRecord[]) => validateOrder.handler(sqsEvent(...records), sampleContext());

/** A valid command of the n-th order, by default in a group of its own. */
const record = (n: number, group = `order-${n}`) => fifoRecord(`message-${n}`, sampleCommand({ commandId: `command-${n}`, orderId: group }), group);

const change = (n: number, payload: unknown = { patch: { notes: 'new' } }, orderId = 'order-1') =>
  fifoRecord(`message-${n}`, sampleCommand({ commandType: 'ChangeOrder', commandId: `command-${n}`, orderId, payload }), orderId);
const cancellation = (n: number, payload: unknown = { reason: 'too late' }, orderId = 'order-1') =>
  fifoRecord(`message-${n}`, sampleCommand({ commandType: 'CancelOrder', commandId: `command-${n}`, orderId, payload }), orderId);

const wrongTotal = () => fifoRecord('message-1', sampleCommand({ payload: sampleOrder({ orderId: 'order-1', total: 1 }) }), 'order-1');

/** The published commands and their sequence numbers. */
const publishedSequences = () => publishedEvents().map(({ metadata: { commandId, sequence } }) => [commandId, sequence]);

describe('a valid order', () => {
  test('is published as validated, with its total and its channel', async () => {
    expect(await validate(fifoRecord('message-1', sampleCommand(), 'order-1'))).toEqual(failed());

    const [event] = publishedEvents();
    expect(event).toMatchObject({
      type: 'OrderValidated',
      metadata: {
        orderId: 'order-1',
        commandId: 'command-1',
        causationId: 'command-1',
        correlationId: 'correlation-1',
        version: 0,
        sequence: 1,
        channel: 'api',
        schemaVersion: 1,
      },
      facts: { customerId: 'customer-1', currency: 'EUR', total: SAMPLE_TOTAL, totalParts: { billions: 0, remainder: SAMPLE_TOTAL } },
      data: { order: sampleOrder({ orderId: 'order-1' }) },
    });
    expect(event.metadata).not.toHaveProperty('previousAt');
    expect(putEventsRequests()[0][0]).toMatchObject({ EventBusName: 'orders-bus', Source: 'shop.orders' });
  });

  test('gets the first sequence number of its order without a read', async () => {
    table.crossing = (name, _, effect) => {
      if (name !== 'put') throw new Error('it looked');
      return effect();
    };

    expect(await validate(record(1))).toEqual(failed());
    expect(table.places()).toMatchObject([{ orderId: 'order-1', sequence: 1, commandId: 'command-1' }]);
  });
});

test('a batch of ten orders is published in one request, in order', async () => {
  await validate(...Array.from({ length: 10 }, (_, n) => record(n)));

  expect(putEventsRequests()).toHaveLength(1);
  expect(publishedEvents().map(({ metadata }) => metadata.commandId)).toEqual(Array.from({ length: 10 }, (_, n) => `command-${n}`));
});

describe('a change and a cancellation', () => {
  test('are requested as they are, each with the next sequence number', async () => {
    expect(await validate(record(1), change(2, { patch: { notes: null }, expectedVersion: 1 }), cancellation(3))).toEqual(failed());

    expect(publishedEvents().slice(1)).toMatchObject([
      { type: 'OrderChangeRequested', metadata: { sequence: 2, previousAt: table.places()[0].at }, data: { patch: { notes: null }, expectedVersion: 1 } },
      { type: 'OrderCancellationRequested', metadata: { sequence: 3, previousAt: table.places()[1].at }, data: { reason: 'too late' } },
    ]);
  });

  test.each([
    ['OrderChangeRefused', change(1, { patch: { currency: 'CHF' } }), '/patch/currency'], ['OrderCancellationRefused', cancellation(1, { reason: '' }), '/reason'],
  ])('lead to %s when they are invalid, and get no sequence number', async (type, message, path) => {
    expect(await validate(message)).toEqual(failed());

    expect(publishedEvents()).toMatchObject([{ type, metadata: { sequence: 0, commandId: 'command-1' }, data: { code: 'INVALID_COMMAND', errors: [{ path }] } }]);
    expect(table.places()).toEqual([]);
  });

  test('are refused when they come in a file', async () => {
    const message = sampleCommand({ commandType: 'CancelOrder', payload: { reason: 'r' }, channel: 'file' });
    await validate(fifoRecord('message-1', message, 'order-1'));

    expect(publishedEvents()).toMatchObject([{ type: 'OrderCancellationRefused', metadata: { channel: 'file' }, data: { code: 'NOT_ALLOWED' } }]);
    expect(table.places()).toEqual([]);
  });
});

describe('a command without a consumer', () => {
  const { handler } = loadHandler<typeof validateOrder>('validate-order', { ACCEPTED_COMMANDS: 'PlaceOrder' });

  test('is refused, and blocks no other', async () => {
    expect(await handler(sqsEvent(record(1), change(2), cancellation(3)), sampleContext())).toEqual(failed());

    expect(publishedEvents().map(({ type, metadata, data }) => [type, metadata.sequence, data.code])).toEqual([
      ['OrderValidated', 1, undefined], ['OrderChangeRefused', 0, 'NOT_ALLOWED'], ['OrderCancellationRefused', 0, 'NOT_ALLOWED'],
    ]);
    expect(table.places()).toHaveLength(1);
  });
});

describe('sequence numbers', () => {
  test('are assigned in the order of the queue, within each order, also in one batch', async () => {
    // The requests of the first command take longest: nothing may overtake it.
    let pauses = 20;
    table.crossing = async (_, __, effect) => {
      for (let pause = pauses--; pause > 0; pause--) await new Promise((resolve) => { setImmediate(resolve); });
      return effect();
    };
    await validate(record(1, 'a'), change(2, undefined, 'a'), record(3, 'b'), cancellation(4, undefined, 'a'), change(5, undefined, 'b'));

    expect(table.places('a').map(({ commandId }) => commandId)).toEqual(['command-1', 'command-2', 'command-4']);
    expect(table.places('b').map(({ commandId }) => commandId)).toEqual(['command-3', 'command-5']);
  });

  test('stay the same when messages are redelivered, with the same event IDs and times', async () => {
    const batch = [record(1), change(2), cancellation(3)];
    await validate(...batch);
    await validate(...batch);

    const [first, second] = [publishedEvents().slice(0, 3), publishedEvents().slice(3)];
    expect(publishedSequences().slice(3)).toEqual([['command-1', 1], ['command-2', 2], ['command-3', 3]]);
    expect(second.map(({ metadata }) => metadata.eventId)).toEqual(first.map(({ metadata }) => metadata.eventId));
    expect(second.map(({ metadata }) => metadata.previousAt)).toEqual(first.map(({ metadata }) => metadata.previousAt));
    expect(second.map(({ metadata }) => metadata.occurredAt)).toEqual(table.places().map(({ at }) => at));
    expect(first.map(({ metadata }) => metadata.occurredAt)).toEqual(table.places().map(({ at }) => at));
    expect(table.places()).toHaveLength(3);
  });

  test('stay the same when a message is redelivered very late, behind pages of others', async () => {
    await validate(record(1));
    for (let n = 2; n <= 60; n++) await validate(change(n));
    await validate(change(2));

    expect(publishedSequences().at(-1)).toEqual(['command-2', 2]);
    expect(table.places()).toHaveLength(60);
  });

  test('are assigned to rejected orders, too: they are stored', async () => {
    await validate(wrongTotal(), record(2, 'order-1'));

    expect(publishedEvents().map(({ type, metadata }) => [type, metadata.sequence])).toEqual([['OrderRejected', 1], ['OrderValidated', 2]]);
  });

  test('continue after those of other systems', async () => {
    table.seedPlaces({ orderId: 'order-1', sequence: 1, commandId: 'theirs', at: SAMPLE_TIME });
    await validate(record(1));

    expect(publishedEvents()).toMatchObject([{ metadata: { sequence: 2, previousAt: SAMPLE_TIME } }]);
  });

  test('fail when the table fails: the order is redelivered from that message on, other orders continue', async () => {
    table.crossing = (name, input, effect) => {
      const { orderId, commandId } = (input.Item ?? {}) as { orderId?: string; commandId?: string };
      if (name === 'put' && orderId === 'a' && commandId === 'command-2') throw new Error('down');
      return effect();
    };

    expect(await validate(record(1, 'a'), change(2, undefined, 'a'), record(3, 'b'), cancellation(4, undefined, 'a'))).toEqual(failed('message-2', 'message-4'));
    expect(publishedSequences()).toEqual(expect.arrayContaining([['command-1', 1], ['command-3', 1]]));
    expect(publishedSequences()).toHaveLength(2);
    expect(table.places('a')).toHaveLength(1);
  });
});

describe('an order that breaks a rule', () => {
  test('is rejected with the rule, and its message is done', async () => {
    expect(await validate(wrongTotal())).toEqual(failed());

    expect(publishedEvents()).toMatchObject([{
      type: 'OrderRejected',
      facts: { customerId: 'customer-1' },
      data: { code: 'INVALID_ORDER', errors: [{ path: '/total', code: 'TOTAL_MISMATCH' }] },
    }]);
    expect(sentMessages()).toEqual([]);
  });

  test('leaves the rejection\'s code in the log, a count of it and one by its code', async () => {
    await validate(wrongTotal());

    expect(loggedEntries()).toEqual([
      expect.objectContaining({ message: 'orders validated', outcomes: [expect.objectContaining({ outcome: 'OrderRejected', reason: 'INVALID_ORDER' })] }),
      expect.objectContaining({ OrderRejected: 1 }),
      expect.objectContaining({ code: 'INVALID_ORDER', OrderRejected: 1 }),
    ]);
  });
});

describe('when the bus refuses some events', () => {
  test('those, and only those, are tried again', async () => {
    acceptEvents(({ metadata }, request) => metadata.commandId === 'command-2' && request === 1);

    expect(await validate(record(1), record(2), record(3))).toEqual(failed());
    expect(putEventsRequests().map((entries) => entries.length)).toEqual([3, 1]);
  });

  test('fails when they are refused to the end: exactly their messages come again', async () => {
    acceptEvents(({ metadata }) => metadata.commandId === 'command-2');

    expect(await validate(record(1), record(2), record(3))).toEqual(failed('message-2'));
    expect(putEventsRequests().map((entries) => entries.length)).toEqual([3, 1, 1]);
  });

  test('fails when they are refused to the end: the rest of their order comes again behind them', async () => {
    acceptEvents(({ metadata }) => metadata.commandId === 'command-2');

    expect(await validate(record(1, 'a'), record(2, 'a'), record(3, 'b'), record(4, 'a'))).toEqual(failed('message-2', 'message-4'));
  });

  test('fails when the whole request fails: every message comes again', async () => {
    eventBridge.on(PutEventsCommand).rejects(new Error('down'));

    expect(await validate(record(1), record(2))).toEqual(failed('message-1', 'message-2'));
  });
});

describe('a message that is not a command', () => {
  const poison = () => fifoRecord('message-1', 'not JSON', 'order-1');

  test('goes to the dead-letter queue at once, with its group and the reason, and never comes again', async () => {
    expect(await validate(poison())).toEqual(failed());

    expect(sentMessages()).toEqual([{
      QueueUrl: 'https://sqs.test/dead-letters',
      MessageBody: 'not JSON',
      MessageGroupId: 'order-1',
      MessageDeduplicationId: 'message-1',
      MessageAttributes: {
        Reason: { DataType: 'String', StringValue: 'the body is not JSON' },
        SourceArn: { DataType: 'String', StringValue: 'arn:aws:sqs:eu-central-1:111122223333:queue.fifo' },
      },
    }]);
    expect(table.places()).toEqual([]);
  });

  test.each([
    ['lacks its id', { ...sampleCommand(), commandId: undefined }, '/commandId'],
    ['is of a version to come', { ...sampleCommand(), schemaVersion: 2 }, '/schemaVersion'],
    ['is of a kind to come', { ...sampleCommand(), commandType: 'SplitOrder' }, '/commandType'],
    ['comes over no channel of the pipeline', { ...sampleCommand(), channel: 'mail' }, '/channel'],
    ['has errors of another form', { ...sampleCommand(), errors: [{ path: '', code: 'C' }] }, '/errors/0/message'],
  ])('goes to the dead-letter queue when it %s', async (_, message, path) => {
    await validate(fifoRecord('message-1', message, 'order-1'));

    expect(sentMessages()).toMatchObject([{ MessageAttributes: { Reason: { StringValue: `wrong or missing: ${path}` } } }]);
    expect(publishedEvents()).toEqual([]);
  });

  test('does not stop the order\'s next command', async () => {
    await validate(poison(), record(2, 'order-1'));

    expect(publishedEvents().map(({ metadata }) => metadata.commandId)).toEqual(['command-2']);
  });

  test('fails when the dead-letter queue does not take it: it comes again, with the rest of its order', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('down'));

    expect(await validate(poison(), record(2, 'order-1'), record(3))).toEqual(failed('message-1', 'message-2'));
  });
});

test('messages of a queue without message groups are independent', async () => {
  const [first, second] = [record(1), record(2)];
  delete first.attributes.MessageGroupId;
  delete second.attributes.MessageGroupId;

  expect(await validate(first, second)).toEqual(failed());
  expect(publishedEvents()).toHaveLength(2);
});

describe('the app\'s own validation hook', () => {
  const lambda = mockClient(lambdaModule.LambdaClient);
  jest.doMock('@aws-sdk/client-lambda', () => lambdaModule);
  const { handler } = loadHandler<typeof validateOrder>('validate-order', { VALIDATION_HOOK_NAME: 'credit-check' });

  const accepted = { accepted: true };
  const tooDear = { accepted: false, errors: [{ path: '/total', code: 'OVER_CREDIT_LIMIT', message: 'is too dear' }] };
  const validateWithHook = (...records: SQSRecord[]) => handler(sqsEvent(...records), sampleContext(10_000));
  const calls = () => lambda.commandCalls(lambdaModule.InvokeCommand).map(({ args: [{ input }] }) => input);

  beforeEach(() => {
    lambda.reset();
    lambda.on(lambdaModule.InvokeCommand).callsFake(({ Payload }: { Payload: string }) => {
      // Bytes, as the SDK gives them.
      const { orders } = JSON.parse(Payload) as { orders: unknown[] };
      return { Payload: blob(JSON.stringify({ results: orders.map(() => accepted) })) };
    });
  });

  const blob = (text: string) => Object.assign(Buffer.from(text), { transformToString: () => text });
  const answering = (results: unknown, more: object = {}) =>
    lambda.on(lambdaModule.InvokeCommand).resolves({ Payload: blob(JSON.stringify({ results })) as never, ...more });

  test('is asked once for a batch, about the orders that keep all other rules', async () => {
    expect(await validateWithHook(record(2), wrongTotal(), cancellation(3, undefined, 'order-3'), record(4), fifoRecord('message-5', 'not JSON', 'order-5'))).toEqual(failed());

    expect(calls()).toEqual([{ FunctionName: 'credit-check', Payload: expect.any(String) }]);
    expect(JSON.parse(calls()[0].Payload as string)).toEqual({
      orders: [2, 4].map((n) => ({
        orderId: `order-${n}`, customerId: 'customer-1', currency: 'EUR', total: SAMPLE_TOTAL, order: sampleOrder({ orderId: `order-${n}` }),
      })),
    });
    expect(publishedEvents().map(({ type }) => type)).toEqual(['OrderValidated', 'OrderRejected', 'OrderCancellationRequested', 'OrderValidated']);
  });

  test.each([['no order keeps the rules', [wrongTotal()]], ['there are no orders', [change(1), cancellation(2)]]])('is not called when %s', async (_, records) => {
    expect(await validateWithHook(...records)).toEqual(failed());
    expect(calls()).toEqual([]);
  });

  test('rejects orders for its own reasons, which get a sequence number', async () => {
    answering([accepted, tooDear]);

    expect(await validateWithHook(record(1), record(2))).toEqual(failed());
    expect(publishedEvents()).toMatchObject([
      { type: 'OrderValidated', metadata: { orderId: 'order-1' } },
      { type: 'OrderRejected', metadata: { orderId: 'order-2', sequence: 1 }, facts: { customerId: 'customer-1' }, data: { code: 'REJECTED_BY_HOOK', errors: tooDear.errors } },
    ]);
  });

  test.each<[string, () => unknown]>([
    ['fails', () => answering([accepted, accepted], { FunctionError: 'Unhandled' })],
    ['cannot be called', () => lambda.on(lambdaModule.InvokeCommand).rejects(new Error('throttled'))],
    ['answers nothing', () => lambda.on(lambdaModule.InvokeCommand).resolves({})],
    ['answers something else', () => answering('yes')],
    ['returns a result too few', () => answering([accepted])],
    ['returns a result too many', () => answering([accepted, accepted, accepted])],
  ])('fails when it %s: orders that keep the rules come again with all behind them, others are answered', async (_, break_) => {
    break_();

    expect(await validateWithHook(record(1, 'a'), wrongTotal(), cancellation(3, undefined, 'a'), record(4, 'b'))).toEqual(failed('message-1', 'message-3', 'message-4'));
    expect(publishedEvents().map(({ type, metadata }) => [type, metadata.orderId, metadata.sequence])).toEqual([
      ['OrderRejected', 'order-1', 1], ['OrderCancellationRequested', 'a', 2],
    ]);
    expect(table.places('a').map(({ commandId, hookResult }) => [commandId, hookResult])).toEqual([['command-1', undefined], ['command-3', undefined]]);
  });

  test.each([['accepted', accepted, tooDear, 'OrderValidated'], ['not accepted', tooDear, accepted, 'OrderRejected']])(
    'returned once that an order is %s: it is not called when the message is redelivered', async (_, result, other, type) => {
      answering([result]);
      await validateWithHook(record(1));
      answering([other]);
      await validateWithHook(record(1));

      expect(publishedEvents().map((event) => event.type)).toEqual([type, type]);
      expect(publishedEvents()[1].metadata.eventId).toBe(publishedEvents()[0].metadata.eventId);
      expect(calls()).toHaveLength(1);
      expect(table.places()[0].hookResult).toEqual('errors' in result ? tooDear.errors : []);
    });

  test('was asked twice at once: what was kept first counts', async () => {
    lambda.on(lambdaModule.InvokeCommand).callsFake(() => {
      table.seedPlaces({ ...table.places()[0], hookResult: tooDear.errors });
      return { Payload: blob(JSON.stringify({ results: [accepted] })) };
    });

    expect(await validateWithHook(record(1))).toEqual(failed());
    expect(publishedEvents()).toMatchObject([{ type: 'OrderRejected', data: { code: 'REJECTED_BY_HOOK', errors: tooDear.errors } }]);
  });

  test('gets most of the time that is left, and then orders come again', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort(Object.assign(new Error('too slow'), { name: 'TimeoutError' })));
    lambda.on(lambdaModule.InvokeCommand).callsFake(async () => {
      const [, options] = lambda.calls()[0].args as unknown as [unknown, { abortSignal: AbortSignal }];
      options.abortSignal.throwIfAborted();
    });

    expect(await validateWithHook(record(1))).toEqual(failed('message-1'));
    expect(timeout).toHaveBeenCalledWith(7000);
    expect(loggedEntries()[0].outcomes).toMatchObject([{ outcome: 'ConsumeFailed', reason: 'TimeoutError' }]);
    timeout.mockRestore();
  });

  test('is not there unless the app names one', async () => {
    expect(await validate(record(1))).toEqual(failed());
    expect(calls()).toEqual([]);
  });

  test('leaves nothing of an order or of its words in the log', async () => {
    answering([{ accepted: false, errors: [{ code: 'TOO_DEAR', message: 'canary' }] }]);
    await validateWithHook(fifoRecord('message-1', sampleCommand({ payload: sampleOrder({ orderId: 'order-1', notes: 'canary' }) }), 'order-1'));

    expect(publishedEvents()).toHaveLength(1);
    expect(loggedText()).not.toContain('canary');
  });
});

test('the log holds nothing of what is in an order', async () => {
  const payload = sampleOrder({ orderId: 'order-1', customerId: 'canary', notes: 'canary', attributes: { canary: 'canary' } });
  await validate(
    fifoRecord('message-1', sampleCommand({ payload }), 'order-1'),
    fifoRecord('message-2', sampleCommand({ payload: { ...payload, canary: 'canary', total: 1 } }), 'order-1'),
    change(3, { patch: { notes: 'canary', canary: 'canary' } }),
    cancellation(4, { reason: 'canary' }),
    fifoRecord('message-5', { canary: 'canary' }, 'order-2'),
  );

  expect(publishedEvents()).toHaveLength(4);
  expect(loggedText()).not.toContain('canary');
});
