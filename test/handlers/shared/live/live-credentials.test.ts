import { handshakeHeaders, hasAudience, hasScope, liveCredentials } from '#shared';

test.each([
  [{ Authorization: 'Bearer a.b.c' }, { token: 'a.b.c' }],
  [{ authorization: 'bearer  a.b.c' }, { token: 'a.b.c' }],
  [{ 'Sec-WebSocket-Protocol': 'order-updates.v1, bearer.a.b.c' }, { token: 'a.b.c' }],
  [{ 'sec-websocket-protocol': 'api-key.k1,order-updates.v1' }, { apiKey: 'k1' }],
  [{ 'X-Api-Key': 'k1', 'Sec-WebSocket-Protocol': 'bearer.a.b.c' }, { apiKey: 'k1', token: 'a.b.c' }],
  [{ 'Authorization': 'Basic abc', 'Sec-WebSocket-Protocol': 'bearer.' }, {}],
  [{}, {}],
])('reads the credentials of %j', (headers, credentials) => {
  expect(liveCredentials(headers as Record<string, string>)).toEqual({ token: undefined, apiKey: undefined, ...credentials });
});

test('selects the subprotocol without credentials, and none for clients that offer none', () => {
  expect(handshakeHeaders({ 'Sec-WebSocket-Protocol': 'bearer.a.b.c, order-updates.v1' })).toEqual({ 'Sec-WebSocket-Protocol': 'order-updates.v1' });
  expect(handshakeHeaders({})).toEqual({});
});

test('fails for a client that offers credentials only, which a response would repeat', () => {
  expect(() => handshakeHeaders({ 'Sec-WebSocket-Protocol': 'bearer.a.b.c' })).toThrow('offer the subprotocol order-updates.v1 besides those with credentials');
});

test('an audience is in aud, or without it in client_id', () => {
  expect([{ aud: 'a' }, { aud: ['b', 'a'] }, { client_id: 'a' }, { aud: 'b', client_id: 'a' }, {}].map((claims) => hasAudience(claims, ['a'])))
    .toEqual([true, true, true, false, false]);
});

test('a token needs one of the scopes, if there are any', () => {
  expect([{ scope: 'x orders/read' }, { scp: ['orders/read'] }, { scope: 'orders/reader' }, {}].map((claims) => hasScope(claims, ['orders/read', 'y'])))
    .toEqual([true, true, false, false]);
  expect(hasScope({}, [])).toBe(true);
});
