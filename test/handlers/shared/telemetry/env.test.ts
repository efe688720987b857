import '../../../support/handler-env';
import { readEnv } from '#shared';

const given = { ...process.env };
afterEach(() => {
  process.env = { ...given };
});

test('a handler receives only the variables of its contract', () => {
  expect(readEnv('receive-order')).toEqual({ ORDERS_QUEUE_URL: 'https://sqs.test/orders.fifo', MAX_ORDER_SIZE: '131072' });
});

test('fails with the names of all missing or empty variables', () => {
  delete process.env.EVENT_BUS_NAME;
  process.env.EVENT_SOURCE = '';

  expect(() => readEnv('validate-order')).toThrow(
    'validate-order: missing environment variable EVENT_BUS_NAME, EVENT_SOURCE; the construct that created this function sets it',
  );
});

test('a handler receives optional variables that are set', () => {
  expect(readEnv('validate-order').VALIDATION_HOOK_NAME).toBeUndefined();
  process.env.VALIDATION_HOOK_NAME = 'hook';

  expect(readEnv('validate-order').VALIDATION_HOOK_NAME).toBe('hook');
  expect(readEnv('receive-order')).not.toHaveProperty('VALIDATION_HOOK_NAME');
});
