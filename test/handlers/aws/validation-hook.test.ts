import '../../support/handler-env';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { validationHook } from '../../../handlers/aws/validation-hook';
import { sampleDocument } from '../../support/sample-messages';

const lambda = mockClient(LambdaClient);
const context = { getRemainingTimeInMillis: () => 1000 } as Context;
const reset = (code: string) => Object.assign(new Error(`write ${code}`), { name: 'TimeoutError', code });
const run = () => validationHook('hook')(context)!([{ orderId: 'order-1', order: sampleDocument() }]);

beforeEach(() => lambda.reset());

test.each(['ECONNRESET', 'EPIPE'])('repeats a call over a connection that was closed while Lambda was frozen: %s', async (code) => {
  const Payload = Buffer.from(JSON.stringify({ results: [{ accepted: true }] })) as never;
  lambda.on(InvokeCommand).rejectsOnce(reset(code)).resolves({ Payload });
  await expect(run()).resolves.toEqual([[]]);
  expect(lambda.calls()).toHaveLength(2);
});

test('fails when the second connection is closed, too', async () => {
  lambda.on(InvokeCommand).rejects(reset('ECONNRESET'));
  await expect(run()).rejects.toThrow('ECONNRESET');
  expect(lambda.calls()).toHaveLength(2);
});

test('fails at once when the hook does not answer in time: the batch retries it', async () => {
  lambda.on(InvokeCommand).rejects(Object.assign(new Error('aborted'), { name: 'AbortError' }));
  await expect(run()).rejects.toThrow('aborted');
  expect(lambda.calls()).toHaveLength(1);
});
