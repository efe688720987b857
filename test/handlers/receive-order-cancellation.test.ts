import '../support/handler-env';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { handler } from '../../handlers/receive-order-cancellation';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { askOf, behavesAsCommandEndpoint, sentCommands } from '../support/command-endpoint';
import { sentMessages, sqs } from '../support/sent-messages';

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({ MessageId: 'message-1' });
});

test.each(['r', 'r'.repeat(500), 'Grüße ☕'])('a cancellation is sent with its reason: %s', async (reason) => {
  expect(await handler(askOf({ reason }))).toMatchObject({ statusCode: 202 });
  expect(sentCommands()).toMatchObject([{ commandType: 'CancelOrder', payload: { reason } }]);
});

test('a cancellation is not a merge patch', async () => {
  expect(await handler(askOf({ reason: 'r' }, { 'Content-Type': 'application/merge-patch+json' }))).toMatchObject({ statusCode: 415 });
});

test.each([
  [{}, ['/reason REQUIRED']],
  [{ reason: '' }, ['/reason TOO_SMALL']],
  [{ reason: 'r'.repeat(501) }, ['/reason TOO_BIG']],
  [{ reason: '\udc00' }, ['/reason ILL_FORMED_TEXT']],
  [{ reason: null, expectedVersion: 1, by: 'me' }, ['/reason INVALID_TYPE', '/expectedVersion UNKNOWN_FIELD', '/by UNKNOWN_FIELD']],
])('a wrong cancellation is answered by 400 with all that is wrong at once: %j', async (body, errors) => {
  const { statusCode, body: text } = await handler(askOf(body));
  const problem = JSON.parse(text) as { type: string; errors: { path: string; code: string }[] };

  expect([statusCode, problem.type]).toEqual([400, 'urn:cdk-order-pipeline:problem:invalid-cancellation']);
  expect(problem.errors.map(({ path, code }) => `${path} ${code}`)).toEqual(errors);
  expect(sentMessages()).toEqual([]);
});

test('one line and one count tell of a cancellation', async () => {
  await handler(askOf({ reason: 'canary' }));

  expect(loggedEntries()).toEqual([
    expect.objectContaining({
      message: 'order cancellation received',
      outcomes: [{ outcome: 'OrderCancellationReceived', orderId: 'order-1', commandId: sentCommands()[0].commandId, correlationId: 'request-1' }],
    }),
    expect.objectContaining({ OrderCancellationReceived: 1 }),
  ]);
  expect(loggedText()).not.toContain('canary');
});

behavesAsCommandEndpoint({ handler, commandType: 'CancelOrder', request: { reason: 'too late' }, other: { reason: 'too dear' }, payload: { reason: 'too late' } });
