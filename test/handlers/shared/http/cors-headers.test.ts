import '../../../support/handler-env';
import { jsonResponse, Problem, restHandler } from '#shared';
import { corsHeaders } from '../../../../handlers/shared/http/cors-headers';
import { apiRequest } from '../../../support/api-request';

const [SHOP, OFFICE, OTHER] = ['https://shop.example.com', 'http://localhost:8080', 'https://shop.example.com.evil.example'];
const ORIGINS = `${SHOP},${OFFICE}`;
const EXPOSED = { 'Access-Control-Expose-Headers': 'Allow, ETag, Location, Retry-After, X-Correlation-Id' };

test('a response has no CORS headers unless the app allows origins', () => {
  expect(corsHeaders(undefined, SHOP)).toEqual({});
});

test.each([SHOP, OFFICE])('a page of %s may read the response, and no cache returns it to another page', (origin) => {
  expect(corsHeaders(ORIGINS, origin)).toEqual({ 'Vary': 'Origin', 'Access-Control-Allow-Origin': origin, ...EXPOSED });
});

test.each([undefined, OTHER, 'null', '', 'https://shop.example.com/', 'HTTPS://SHOP.EXAMPLE.COM', ORIGINS, ','])('a page of %j may not', (origin) => {
  expect(corsHeaders(ORIGINS, origin)).toEqual({ Vary: 'Origin' });
});

test('any page may read the response if the app allows all', () => {
  expect(corsHeaders('*', OTHER)).toEqual({ 'Access-Control-Allow-Origin': '*', ...EXPOSED });
});

describe('a REST handler', () => {
  const request = apiRequest({ headers: { origin: SHOP } });

  test.each<[string, () => Promise<ReturnType<typeof jsonResponse>>]>([
    ['a response', async () => jsonResponse(200, 'correlation-1', {}, { ETag: '"1"' })],
    ['a problem', () => Promise.reject(new Problem(404, 'order-not-found', 'there is no such order'))],
    ['an unexpected error', () => Promise.reject(new Error('down'))],
    ['an error before the first promise', () => { throw new Problem(400, 'bad-request', 'it is malformed'); }],
  ])('adds the headers to %s', async (_, answer) => {
    const { headers } = await restHandler({ CORS_ORIGINS: ORIGINS }, answer)(request);
    expect(headers).toMatchObject({ 'Access-Control-Allow-Origin': SHOP, 'X-Correlation-Id': expect.any(String), 'Vary': 'Origin' });
  });
});

describe('a preflight request that an HTTP API passes on', () => {
  const preflight = apiRequest({ httpMethod: 'OPTIONS', headers: { 'origin': SHOP, 'access-control-request-method': 'POST' } });
  const refuse = () => Promise.reject(new Problem(405, 'method-not-allowed', 'the method must be GET'));

  test('is answered with 204 and without the handler, if pages may call the API', async () => {
    const { statusCode, headers, body } = await restHandler({ CORS_ORIGINS: ORIGINS }, refuse)(preflight);
    expect([statusCode, body]).toEqual([204, '']);
    expect(headers).toMatchObject({ 'Access-Control-Allow-Origin': SHOP, 'X-Correlation-Id': expect.any(String) });
  });

  test('is a request like others, if no pages may', async () => {
    expect((await restHandler({}, refuse)(preflight)).statusCode).toBe(405);
  });
});
