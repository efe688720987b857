import '../support/handler-env';
import * as lambdaModule from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../handlers/request-confirmation';
import { loggedText } from '../support/captured-logs';
import { freshAws, loggedOutcomes } from '../support/command-consumer';
import { acceptEvents, publishedEvents } from '../support/published-events';
import { sampleOrder } from '../support/sample-order';
import { sentMessages } from '../support/sent-messages';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

const lambda = mockClient(lambdaModule.LambdaClient);
const REASONS = [{ code: 'CARD_DECLINED', message: 'the card was declined' }];

/** The function answers with these results, for the orders in the order of the request. */
const answers = (...results: unknown[]) => lambda.on(lambdaModule.InvokeCommand).callsFake(({ Payload }: { Payload: string }) => {
  const { orders } = JSON.parse(Payload) as { orders: unknown[] };
  const payload = Buffer.from(JSON.stringify({ results: results.splice(0, orders.length) }));
  return { Payload: Object.assign(payload, { transformToString: () => payload.toString() }) };
});
const requests = () => lambda.commandCalls(lambdaModule.InvokeCommand).map(({ args: [{ input }] }) => JSON.parse(input.Payload as string).orders);

beforeEach(() => {
  freshAws();
  lambda.reset();
});

const pending = (orderId = 'order-1', changes: { type?: string; tenant?: string } = {}) => ({
  'detail-type': changes.type ?? 'OrderPending',
  'detail': {
    metadata: {
      eventId: `event-${orderId}`,
      eventType: changes.type ?? 'OrderPending',
      schemaVersion: 1,
      orderId,
      ...(changes.tenant ? { tenant: changes.tenant } : {}),
      version: 1,
      commandId: `command-${orderId}`,
      sequence: 1,
      correlationId: `correlation-${orderId}`,
      causationId: 'event-1',
      occurredAt: '2026-01-31T12:00:00.000Z',
      channel: 'api',
    },
    facts: { customerId: 'customer-1', total: 4129 },
    data: { order: sampleOrder({ orderId }), status: 'PENDING', confirmation: { decisionId: `command-${orderId}`, decideBy: '2026-01-31T13:00:00.000Z' } },
  },
});

const deliver = (bodies: readonly unknown[], receives = '1') => handler(
  sqsEvent(...bodies.map((body, index) => {
    const record = sqsRecord(`message-${index + 1}`, body);
    return { ...record, attributes: { ...record.attributes, ApproximateReceiveCount: receives } };
  })),
  { getRemainingTimeInMillis: () => 30_000 } as Context,
);

test('the function gets the pending orders of a batch in one request, with the ID of the decision', async () => {
  answers({ decision: 'LATER' }, { decision: 'LATER' });
  expect(await deliver([pending('order-1'), pending('order-2', { type: 'OrderChanged', tenant: 'acme' })])).toEqual(failed());

  expect(requests()).toEqual([[
    {
      decisionId: 'command-order-1',
      decideBy: '2026-01-31T13:00:00.000Z',
      orderId: 'order-1',
      version: 1,
      correlationId: 'correlation-order-1',
      customerId: 'customer-1',
      total: 4129,
      order: sampleOrder({ orderId: 'order-1' }),
    },
    expect.objectContaining({ orderId: 'order-2', tenant: 'acme' }),
  ]]);
  expect(publishedEvents()).toEqual([]);
  expect(loggedOutcomes()).toEqual(['DecisionPostponed', 'DecisionPostponed']);
});

test('its decisions are published as another system would publish them', async () => {
  answers({ decision: 'CONFIRM' }, { decision: 'REJECT', reasons: REASONS });
  await deliver([pending('order-1'), pending('order-2')]);

  expect(publishedEvents()).toMatchObject([
    {
      type: 'OrderConfirmationDecided',
      metadata: { orderId: 'order-1', correlationId: 'correlation-order-1', pipeline: 'Shop/Orders' },
      data: { decisionId: 'command-order-1', decision: 'CONFIRM' },
    },
    { type: 'OrderConfirmationDecided', metadata: { orderId: 'order-2' }, data: { decisionId: 'command-order-2', decision: 'REJECT', reasons: REASONS } },
  ]);
  expect(loggedOutcomes()).toEqual(['ConfirmationDecided', 'RejectionDecided']);
});

test('a decision that is published again has the same event ID, and another decision another one', async () => {
  answers({ decision: 'CONFIRM' });
  await deliver([pending()]);
  answers({ decision: 'CONFIRM' });
  await deliver([pending()]);
  answers({ decision: 'REJECT', reasons: REASONS });
  await deliver([pending()]);

  const [first, second, third] = publishedEvents().map(({ metadata }) => metadata.eventId);
  expect([second === first, third === first]).toEqual([true, false]);
});

test.each<[string, unknown]>([
  ['fails', { FunctionError: 'Unhandled' }],
  ['answers for fewer orders', { Payload: Buffer.from('{"results":[]}') }],
  ['answers with an unknown decision', { Payload: Buffer.from('{"results":[{"decision":"MAYBE"}]}') }],
  ['rejects without reasons', { Payload: Buffer.from('{"results":[{"decision":"REJECT","reasons":[]}]}') }],
  ['does not answer in JSON', { Payload: Buffer.from('yes') }],
])('the order is sent to the function again when it %s', async (_, response) => {
  lambda.on(lambdaModule.InvokeCommand).resolves(response as never);
  expect(await deliver([pending()])).toEqual(failed('message-1'));
  expect(publishedEvents()).toEqual([]);
});

test('orders that are received again have a request each, so that one that makes the function fail does not fail others', async () => {
  answers({ decision: 'CONFIRM' }, { decision: 'UNKNOWN' }, { decision: 'CONFIRM' });
  expect(await deliver([pending('a'), pending('b'), pending('c')], '2')).toEqual(failed('message-2'));
  expect(requests().map((orders) => orders.length)).toEqual([1, 1, 1]);
  expect(publishedEvents().map(({ metadata }) => metadata.orderId)).toEqual(['a', 'c']);
});

test('a decision that cannot be published is requested again', async () => {
  answers({ decision: 'CONFIRM' });
  acceptEvents(() => true);
  expect(await deliver([pending()])).toEqual(failed('message-1'));
});

test('an event that is not about a pending order goes to the dead-letter queue, and does not stop others', async () => {
  answers({ decision: 'CONFIRM' });
  const { detail, ...envelope } = pending('order-2');
  expect(await deliver([{ ...envelope, detail: { ...detail, data: { canary: 'canary' } } }, pending()])).toEqual(failed());

  expect(sentMessages()).toMatchObject([{ QueueUrl: 'https://sqs.test/dead-letters', MessageAttributes: { Reason: { StringValue: expect.stringContaining('/detail/data/order') } } }]);
  expect(publishedEvents().map(({ metadata }) => metadata.orderId)).toEqual(['order-1']);
  expect(loggedText()).not.toContain('canary');
});
