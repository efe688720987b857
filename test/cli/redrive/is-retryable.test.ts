import { FunctionFailed } from '../../../cli/function-failed';
import { isConnectionError, isRetryable } from '../../../cli/redrive/is-retryable';

const error = (fields: object, name = 'Error') => Object.assign(new Error('message'), { name }, fields);
const answered = (httpStatusCode: number) => error({ $metadata: { httpStatusCode } });

test.each([
  ['a function that timed out', new FunctionFailed('Task timed out after 300.00 seconds')],
  ['a function that ended', new FunctionFailed('RequestId: 1 Error: Runtime exited with error: signal: killed')],
  ['a throttled invocation', answered(429)],
  ['an error of the service', answered(503)],
  ['a dropped connection', error({ code: 'ECONNRESET' })],
  ['an unknown host, as without a network', error({ code: 'EAI_AGAIN' })],
  ['no response in time', error({ $metadata: {} }, 'AbortError')],
])('%s is retryable', (_, failure) => {
  expect(isRetryable(failure)).toBe(true);
});

test.each([
  ['an invalid request', new FunctionFailed('invalid request: unknown queue "x"')],
  ['a missing permission', answered(403)],
  ['a missing function', answered(404)],
  ['missing credentials', error({}, 'CredentialsProviderError')],
])('%s is not retryable', (_, failure) => {
  expect(isRetryable(failure)).toBe(false);
});

test('only without a response, the function may still be running', () => {
  expect([error({ code: 'ECONNRESET' }), error({}, 'TimeoutError')].map(isConnectionError)).toEqual([true, true]);
  expect([answered(429), new FunctionFailed('Task timed out')].map(isConnectionError)).toEqual([false, false]);
});
