import '../../../support/handler-env';
import { jsonResponse, logger, Problem, restHandler } from '#shared';
import { apiRequest } from '../../../support/api-request';
import { loggedEntries, loggedText } from '../../../support/captured-logs';

test('a response is JSON with the correlation ID and its own headers', () => {
  expect(jsonResponse(202, 'correlation-1', { a: 1 }, { Location: '/a' })).toEqual({
    statusCode: 202,
    headers: { 'Content-Type': 'application/json', 'X-Correlation-Id': 'correlation-1', 'Location': '/a' },
    body: '{"a":1}',
  });
});

describe('a REST handler', () => {
  test('returns the response', async () => {
    const answer = jsonResponse(200, 'correlation-1', {});

    expect(await restHandler({}, async () => answer)(apiRequest())).toEqual(answer);
  });

  test('receives the correlation ID', async () => {
    const handle = restHandler({}, async (_, correlationId) => jsonResponse(200, correlationId, {}));

    expect((await handle(apiRequest({ headers: { 'X-Correlation-Id': 'mine' } }))).headers).toMatchObject({ 'X-Correlation-Id': 'mine' });
  });

  test('returns a problem unchanged, without a log entry', async () => {
    const answer = await restHandler({}, async () => { throw new Problem(422, 'clash', 'they clash'); })(apiRequest());

    expect(answer).toMatchObject({ statusCode: 422, headers: { 'Content-Type': 'application/problem+json' } });
    expect(answer.headers).not.toHaveProperty('Retry-After');
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'urn:cdk-order-pipeline:problem:clash', correlationId: 'request-1' });
    expect(loggedEntries()).toEqual([]);
  });

  test.each([
    ['an error', Object.assign(new Error('canary'), { name: 'TimeoutError' }), 'TimeoutError'],
    ['a value that is not an error', 'canary', undefined],
    ['nothing', undefined, undefined],
  ])('returns 503 when %s is thrown, with only its name in the log', async (_, thrown, errorName) => {
    const answer = await restHandler({}, async () => { throw thrown; })(apiRequest());

    expect(answer).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
    expect(answer.body + loggedText()).not.toContain('canary');
    expect(loggedEntries()[0].errorName).toBe(errorName);
  });

  test('returns the response even when logging fails', async () => {
    const broken = jest.spyOn(logger, 'error').mockImplementation(() => { throw new Error('the log is full'); });
    const answer = restHandler({}, async () => { throw new Error('down'); })(apiRequest());

    await expect(answer).resolves.toMatchObject({ statusCode: 503 });
    broken.mockRestore();
  });
});
