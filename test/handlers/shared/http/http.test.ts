import '../../../support/handler-env';
import { correlationIdOf, headerOf, json, logger, Problem, restHandler } from '#shared';
import { apiRequest } from '../../../support/api-request';
import { loggedEntries, loggedText } from '../../../support/captured-logs';

const withHeader = (name: string, value: string) => apiRequest({ headers: { [name]: value } });

describe('a header', () => {
  test.each(['x-some', 'X-Some', 'X-SOME'])('is found when the client wrote %s', (name) => {
    expect(headerOf(withHeader(name, 'value'), 'x-some')).toBe('value');
  });

  test.each([{}, null])('is undefined when the headers are %j', (headers) => {
    expect(headerOf(apiRequest({ headers }), 'x-some')).toBeUndefined();
  });
});

describe('the correlation id', () => {
  test.each(['a', 'A.b_c:d-1', 'c'.repeat(128)])('is the client\'s own when that is %s', (given) => {
    expect(correlationIdOf(withHeader('X-Correlation-ID', given))).toBe(given);
  });

  test.each(['', 'a b', 'a\nb', 'ä', '"', 'c'.repeat(129)])('is the request\'s when the client\'s own is %j', (given) => {
    expect(correlationIdOf(withHeader('X-Correlation-ID', given))).toBe('request-1');
  });

  test('is a new one when the request has none', () => {
    const event = apiRequest({ requestContext: {} });

    expect(correlationIdOf(event)).toMatch(/^[0-9a-f-]{36}$/);
    expect(correlationIdOf(event)).not.toBe(correlationIdOf(event));
  });
});

test('an answer is JSON with the correlation id and its own headers', () => {
  expect(json(202, 'correlation-1', { a: 1 }, { Location: '/a' })).toEqual({
    statusCode: 202,
    headers: { 'Content-Type': 'application/json', 'X-Correlation-Id': 'correlation-1', 'Location': '/a' },
    body: '{"a":1}',
  });
});

describe('a REST handler', () => {
  test('answers what it made', async () => {
    const answer = json(200, 'correlation-1', {});

    expect(await restHandler(async () => answer)(apiRequest())).toBe(answer);
  });

  test('gets the correlation id', async () => {
    const handle = restHandler(async (_, correlationId) => json(200, correlationId, {}));

    expect((await handle(withHeader('X-Correlation-Id', 'mine'))).headers).toMatchObject({ 'X-Correlation-Id': 'mine' });
  });

  test('answers a problem as it is, without a word in the log', async () => {
    const answer = await restHandler(async () => { throw new Problem(422, 'clash', 'they clash'); })(apiRequest());

    expect(answer).toMatchObject({ statusCode: 422, headers: { 'Content-Type': 'application/problem+json' } });
    expect(answer.headers).not.toHaveProperty('Retry-After');
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'urn:cdk-order-pipeline:problem:clash', correlationId: 'request-1' });
    expect(loggedEntries()).toEqual([]);
  });

  test.each([
    ['an error', Object.assign(new Error('canary'), { name: 'TimeoutError' }), 'TimeoutError'],
    ['what is no error', 'canary', undefined],
    ['nothing', undefined, undefined],
  ])('answers 503 when %s is thrown, and says no more than its name', async (_, thrown, errorName) => {
    const answer = await restHandler(async () => { throw thrown; })(apiRequest());

    expect(answer).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
    expect(answer.body + loggedText()).not.toContain('canary');
    expect(loggedEntries()[0].errorName).toBe(errorName);
  });

  test('answers all the same when its log cannot be written', async () => {
    const broken = jest.spyOn(logger, 'error').mockImplementation(() => { throw new Error('the log is full'); });
    const answer = restHandler(async () => { throw new Error('down'); })(apiRequest());

    await expect(answer).resolves.toMatchObject({ statusCode: 503 });
    broken.mockRestore();
  });
});
