import { FIELD_RESOLVER, PUBLISH_RESOLVER, SUBSCRIPTION_RESOLVER } from '../../../../src/private/graphql/resolver-code';

interface Resolver {
  request(ctx: object): unknown;
  response(ctx: object): unknown;
}

class UtilError extends Error {
  constructor(message: string, readonly type: string, readonly info?: unknown) {
    super(message);
  }
}

const setSubscriptionFilter = jest.fn();

/** Loads the code of a resolver with the utilities of AppSync that it uses. */
function load(code: string): Resolver {
  const util = {
    error: (message: string, type: string, _: unknown, info: unknown) => { throw new UtilError(message, type, info); },
    unauthorized: () => { throw new UtilError('Unauthorized', 'Unauthorized'); },
    transform: { toSubscriptionFilter: (filter: object) => JSON.stringify(filter) },
  };
  const body = code.replace(/^import .*$/m, '').replace(/export function/g, 'function');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the resolver is text
  return new Function('util', 'extensions', `${body}; return { request, response };`)(util, { setSubscriptionFilter }) as Resolver;
}

const thrownBy = (act: () => unknown): UtilError => {
  try {
    act();
  } catch (error) {
    return error as UtilError;
  }
  throw new Error('nothing was thrown');
};

describe.each([['a field', FIELD_RESOLVER], ['a subscription', SUBSCRIPTION_RESOLVER]])('the resolver of %s', (_, code) => {
  const resolver = load(code);

  test('sends the field, its arguments, the caller and the correlation ID, and no other header', () => {
    expect(resolver.request({
      info: { fieldName: 'order', variables: { secret: 1 } }, args: { orderId: 'x' }, identity: { sub: 'ada' }, request: { headers: { 'authorization': 'token', 'x-correlation-id': 'mine' } },
    })).toEqual({ operation: 'Invoke', payload: { field: 'order', arguments: { orderId: 'x' }, identity: { sub: 'ada' }, correlationId: 'mine' } });
  });

  test('turns a problem into an error with its code as type', () => {
    const problem = { code: 'invalid-query', detail: 'the query is not valid', errors: [{ path: 'limit' }] };
    expect(thrownBy(() => resolver.response({ result: { problem } }))).toMatchObject({ message: problem.detail, type: 'invalid-query', info: problem });
  });

  test('does not show why a function failed', () => {
    expect(thrownBy(() => resolver.response({ error: { message: 'secret', type: 'Lambda:Unhandled' }, result: null })))
      .toMatchObject({ message: 'the service is temporarily unavailable; retry the request', type: 'unavailable', info: undefined });
  });
});

test('the resolver of a field returns its value', () => {
  expect(load(FIELD_RESOLVER).response({ result: { data: null } })).toBeNull();
  expect(load(FIELD_RESOLVER).response({ result: { data: { orderId: 'x' } } })).toEqual({ orderId: 'x' });
});

test('the resolver of a subscription makes AppSync filter by what the function returned', () => {
  expect(load(SUBSCRIPTION_RESOLVER).response({ result: { data: { tenant: { eq: 'acme' } } } })).toBeNull();
  expect(setSubscriptionFilter).toHaveBeenCalledWith('{"tenant":{"eq":"acme"}}');
});

describe('the resolver that publishes', () => {
  const resolver = load(PUBLISH_RESOLVER);
  const from = (identity: unknown) => ({ identity, env: { PUBLISHER_ROLE: 'notify' }, args: { change: { orderId: 'x' } } });

  test('passes on what the publisher sends', () => {
    expect(resolver.request(from({ userArn: 'arn:aws:sts::1:assumed-role/notify/session' }))).toEqual({ payload: { orderId: 'x' } });
    expect(resolver.response({ result: { orderId: 'x' } })).toEqual({ orderId: 'x' });
  });

  test.each([null, {}, { userArn: 'arn:aws:sts::1:assumed-role/notify2/session' }, { userArn: 'arn:aws:sts::1:assumed-role/other/notify' }, { userArn: 'arn:aws:iam::1:user/notify' }])(
    'refuses any other caller: %j', (identity) => {
      expect(thrownBy(() => resolver.request(from(identity)))).toMatchObject({ type: 'Unauthorized' });
    },
  );
});

test('no resolver uses what the runtime of AppSync does not have', () => {
  for (const code of [FIELD_RESOLVER, SUBSCRIPTION_RESOLVER, PUBLISH_RESOLVER]) {
    expect(code).not.toMatch(/\b(try|catch|throw|async|await|while|class|new|this|Promise)\b|\+\+|--/);
    expect(code.length).toBeLessThan(32_000);
  }
});
