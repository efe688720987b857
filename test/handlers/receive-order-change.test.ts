import '../support/handler-env';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { handler } from '../../handlers/receive-order-change';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { askOf, behavesAsCommandEndpoint, sentCommands } from '../support/command-endpoint';
import { sentMessages, sqs } from '../support/sent-messages';

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({ MessageId: 'message-1' });
});

const errorsOf = async (body: unknown): Promise<string[]> => {
  const { errors } = JSON.parse((await handler(askOf(body))).body) as { errors: { path: string; code: string }[] };
  return errors.map(({ path, code }) => `${path} ${code}`).sort();
};

test.each(['application/merge-patch+json', 'Application/Merge-Patch+JSON; charset=utf-8', 'application/json'])('a change may come as %s', async (type) => {
  expect(await handler(askOf({ notes: 'new' }, { 'Content-Type': type }))).toMatchObject({ statusCode: 202 });
});

test.each([
  { notes: null }, { items: [{ sku: 'tea', quantity: 1, unitPrice: 1 }] }, { shippingAddress: { city: null, zip: '3000' } }, { attributes: null }, { attributes: { gift: true, weight: null } },
])('a change is sent as it is, with the nulls that remove: %j', async (patch) => {
  expect(await handler(askOf(patch))).toMatchObject({ statusCode: 202 });
  expect(sentCommands()).toMatchObject([{ commandType: 'ChangeOrder', payload: { patch } }]);
});

test('a wrong change is answered by 400 with all that is wrong at once, each with its path', async () => {
  const patch = {
    orderId: 'order-2', total: -1, notes: 7, shippingAddress: { city: 1 }, attributes: { '': 1, 'a': '\ud800' }, items: [{ sku: '', quantity: 0, unitPrice: 1.5 }], colour: 'red',
  };

  expect(await errorsOf(patch)).toEqual([
    '/attributes/ INVALID_KEY', '/attributes/a ILL_FORMED_TEXT', '/colour UNKNOWN_FIELD', '/items/0/quantity TOO_SMALL', '/items/0/sku INVALID_FORMAT',
    '/items/0/unitPrice INVALID_TYPE', '/notes INVALID_TYPE', '/orderId NOT_CHANGEABLE', '/shippingAddress/city INVALID_VALUE', '/total TOO_SMALL',
  ]);
  expect(sentMessages()).toEqual([]);
});

test('a wrong change is answered as a problem of RFC 9457', async () => {
  const { statusCode, headers, body } = await handler(askOf({}));

  expect([statusCode, headers?.['Content-Type']]).toEqual([400, 'application/problem+json']);
  expect(JSON.parse(body)).toEqual({
    type: 'urn:cdk-order-pipeline:problem:invalid-change',
    title: 'Bad Request',
    status: 400,
    detail: 'the change is not valid; see errors',
    correlationId: 'request-1',
    errors: [{
      path: '',
      code: 'EMPTY_CHANGE',
      message: 'must change something: /items, /adjustments, /total, /email, /shippingAddress, /billingAddress, /notes, /tags, /attributes',
    }],
  });
});

test.each(['1e400', '9007199254740993', '1e-200'])('a number that cannot be kept is refused: %s', async (number) => {
  expect(await handler(askOf(`{"attributes":{"weight":${number}}}`))).toMatchObject({ statusCode: 400 });
});

test('one line and one count tell of a change', async () => {
  await handler(askOf({ notes: 'canary' }));

  expect(loggedEntries()).toEqual([
    expect.objectContaining({
      message: 'order change received', outcomes: [{ outcome: 'OrderChangeReceived', orderId: 'order-1', commandId: sentCommands()[0].commandId, correlationId: 'request-1' }],
    }),
    expect.objectContaining({ OrderChangeReceived: 1 }),
  ]);
  expect(loggedText()).not.toContain('canary');
});

behavesAsCommandEndpoint({ handler, commandType: 'ChangeOrder', request: { notes: 'new' }, other: { notes: 'other' }, payload: { patch: { notes: 'new' } } });
