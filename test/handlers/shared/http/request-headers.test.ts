import { correlationIdOf, expectedVersionOf, headerOf, idempotencyKeyOf, Problem } from '#shared';
import { apiRequest } from '../../../support/api-request';

const withHeader = (name: string, value: string) => apiRequest({ headers: { [name]: value } });

describe('a header', () => {
  test.each(['x-some', 'X-Some', 'X-SOME'])('is found when the request has %s', (name) => {
    expect(headerOf(withHeader(name, 'value'), 'x-some')).toBe('value');
  });

  test.each([{}, null])('is undefined when the headers are %j', (headers) => {
    expect(headerOf(apiRequest({ headers }), 'x-some')).toBeUndefined();
  });
});

describe('the correlation ID', () => {
  test.each(['a', 'A.b_c:d-1', 'c'.repeat(128)])('is the one in the header: %s', (value) => {
    expect(correlationIdOf(withHeader('X-Correlation-ID', value))).toBe(value);
  });

  test.each(['', 'a b', 'a\nb', 'ä', '"', 'c'.repeat(129)])('is the request ID when the header is invalid: %j', (value) => {
    expect(correlationIdOf(withHeader('X-Correlation-ID', value))).toBe('request-1');
  });

  test('is generated when the request has no ID', () => {
    const event = apiRequest({ requestContext: {} });

    expect(correlationIdOf(event)).toMatch(/^[0-9a-f-]{36}$/);
    expect(correlationIdOf(event)).not.toBe(correlationIdOf(event));
  });
});

describe('the idempotency key', () => {
  const keyIn = (headers: Record<string, string>) => idempotencyKeyOf(apiRequest({ headers }));

  test('is optional', () => {
    expect(keyIn({})).toBeUndefined();
  });

  test.each(['k', 'k'.repeat(255), ' key ', 'Schlüssel'])('is used unchanged: %j', (key) => {
    expect(keyIn({ 'IDEMPOTENCY-key': key })).toBe(key);
  });

  test.each(['', ' ', '\t', 'k'.repeat(256)])('fails with 400 when it is %j', (key) => {
    expect(() => keyIn({ 'Idempotency-Key': key })).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid-idempotency-key', detail: 'Idempotency-Key must have 1 to 255 characters' }),
    );
  });
});

describe('the expected version', () => {
  const expectedIn = (value: string | undefined) => expectedVersionOf(apiRequest({ headers: value === undefined ? {} : { 'If-Match': value } }));

  test.each([['"1"', 1], ['"3"', 3], [' "42" ', 42], ['W/"3"', 3], ['"999999999999999"', 999_999_999_999_999]])('of %s is %i', (value, expectedVersion) => {
    expect(expectedIn(value)).toEqual({ expectedVersion });
  });

  test.each([undefined, '*', ' * '])('is absent when If-Match is %j', (value) => {
    expect(expectedIn(value)).toEqual({});
  });

  test.each([
    '', '3', '"0"', '"03"', '"-1"', '"1.5"', '"abc"', '""', '"3', 'W/3', 'w/"3"', '"3", "4"', '"3","4"', '"3", *', '"1000000000000000"', `"${'9'.repeat(400)}"`, '"٣"', '"3"\n"4"',
  ])('fails with 400 when If-Match is %s', (value) => {
    expect(() => expectedIn(value)).toThrow(Problem);
    expect(() => expectedIn(value)).toThrow(expect.objectContaining({ status: 400, code: 'invalid-if-match', errors: [expect.objectContaining({ code: 'INVALID_IF_MATCH' })] }));
  });

  test('is read from a header in any case', () => {
    expect(expectedVersionOf(apiRequest({ headers: { 'if-match': '"3"' } }))).toEqual({ expectedVersion: 3 });
  });
});
