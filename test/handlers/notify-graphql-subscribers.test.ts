import '../support/handler-env';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { buildSchema, parse, validate } from 'graphql';
import { graphqlSchema } from '../../src/private/graphql/graphql-schema';
import { STANDARD_MODEL } from '../../src/private/order-model/load-model';
import { busEvent } from '../support/bus-event';
import { loggedText } from '../support/captured-logs';
import { loadHandler } from '../support/load-handler';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: { readonly query: string; readonly variables: { readonly change: Record<string, unknown> } };
}

let server: Server;
let url: string;
const received: Received[] = [];
let answer: { status: number; body: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      received.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as Received['body'] });
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(() => new Promise((resolve) => { server.close(resolve); }));

beforeEach(() => {
  received.length = 0;
  answer = { status: 200, body: '{"data":{"publishOrderChange":{"orderId":"order-1"}}}' };
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({});
  sqs.on(ChangeMessageVisibilityBatchCommand).resolves({});
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});

const load = (graphqlUrl = url) => loadHandler<typeof import('../../handlers/notify-graphql-subscribers')>('notify-graphql-subscribers', { GRAPHQL_URL: graphqlUrl }).handler;

const confirmed = (changes: object = {}) => busEvent({
  detail: {
    metadata: {
      orderId: 'order-1', tenant: 'acme', eventId: 'event-1', eventType: 'OrderConfirmed', occurredAt: '2026-01-31T12:00:00.000Z', correlationId: 'mine', version: 1, sequence: 1,
    },
    facts: { customerId: 'ada', currency: 'EUR', total: 3780, placedAt: '2026-01-31T12:00:00Z', tags: ['gift'], totalParts: { billions: 0, remainder: 3780 } },
    data: { order: { notes: 'secret' }, status: 'CONFIRMED' },
    ...changes,
  },
});

test('an event is published to subscribers with its facts, and without the contents of the order', async () => {
  expect(await load()(sqsEvent(sqsRecord('message-1', confirmed())))).toEqual({ batchItemFailures: [] });
  expect(received[0].body.variables.change).toEqual({
    orderId: 'order-1',
    tenant: 'acme',
    eventId: 'event-1',
    type: 'OrderConfirmed',
    occurredAt: '2026-01-31T12:00:00.000Z',
    correlationId: 'mine',
    version: 1,
    status: 'CONFIRMED',
    customerId: 'ada',
    currency: 'EUR',
    total: 3780,
    placedAt: '2026-01-31T12:00:00.000Z',
    tags: ['gift'],
  });
  expect(JSON.stringify(received)).not.toContain('secret');
});

test('the request is signed for AppSync, and is one that the schema has', async () => {
  await load()(sqsEvent(sqsRecord('message-1', confirmed())));
  expect(received[0].headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/eu-central-1\/appsync\/aws4_request, SignedHeaders=[a-z0-9;-]*host/);
  const features = { changes: true, cancellations: true, history: true, files: true, subscriptions: true, hasTenantArgument: false };
  const schema = buildSchema(`scalar AWSJSON scalar AWSDateTime directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION directive @aws_iam on FIELD_DEFINITION | OBJECT
    ${graphqlSchema(STANDARD_MODEL.schema, features, { kind: 'appsync', access: ' @aws_iam' })}`);
  expect(validate(schema, parse(received[0].body.query))).toEqual([]);
});

test.each<[string, object, object]>([
  ['a refusal has the current status', { data: { code: 'VERSION_MISMATCH', currentStatus: 'CANCELLED' } }, { status: 'CANCELLED' }],
  ['a status that the schema does not have is left out', { data: { status: 'AWAITED' } }, {}],
  ['facts of other types, as other systems publish them, are left out', { facts: { customerId: 1, total: '1', placedAt: 'now', tags: [1] }, data: null }, {}],
])('%s', async (_, changes, expected) => {
  await load()(sqsEvent(sqsRecord('message-1', confirmed({ facts: undefined, ...changes }))));
  expect(received[0].body.variables.change).toEqual({
    orderId: 'order-1', tenant: 'acme', eventId: 'event-1', type: 'OrderConfirmed', occurredAt: '2026-01-31T12:00:00.000Z', correlationId: 'mine', version: 1, ...expected,
  });
});

test.each<[string, number, string, string]>([
  ['refuses the request', 200, '{"errors":[{"errorType":"Unauthorized","message":"secret"}]}', 'AppSyncRefused'],
  ['is throttled', 429, '{"errors":[{"errorType":"TooManyRequestsException"}]}', 'AppSyncRefused'],
  ['fails', 503, 'no JSON', 'AppSyncRefused'],
])('the event is retried when AppSync %s, and the log has no contents', async (_, status, body, reason) => {
  answer = { status, body };
  expect(await load()(sqsEvent(sqsRecord('message-1', confirmed()), sqsRecord('message-2', confirmed())))).toEqual(failed('message-1', 'message-2'));
  expect(loggedText()).toContain(reason);
  expect(loggedText()).not.toContain('secret');
  expect(sentMessages()).toEqual([]);
});

test('the event is retried when AppSync does not answer', async () => {
  expect(await load('http://127.0.0.1:1/graphql')(sqsEvent(sqsRecord('message-1', confirmed())))).toEqual(failed('message-1'));
  expect(loggedText()).toContain('AppSyncUnavailable');
});

test('an event without an order goes to the dead-letter queue with the reason', async () => {
  expect(await load()(sqsEvent(sqsRecord('message-1', { 'detail-type': 'OrderConfirmed', 'detail': {} })))).toEqual({ batchItemFailures: [] });
  expect(sentMessages()).toMatchObject([{ QueueUrl: 'https://sqs.test/dead-letters', MessageAttributes: expect.anything() }]);
  expect(received).toEqual([]);
});
