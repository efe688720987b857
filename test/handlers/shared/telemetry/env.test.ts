import '../../../support/handler-env';
import { readEnv } from '#shared';

const given = { ...process.env };
afterEach(() => {
  process.env = { ...given };
});

test('a handler gets the variables of its contract and no others', () => {
  expect(readEnv('receive-order')).toEqual({ ORDERS_QUEUE_URL: 'https://sqs.test/orders.fifo', MAX_ORDER_SIZE: '131072' });
});

test('fails when variables are missing or empty, naming them all', () => {
  delete process.env.EVENT_BUS_NAME;
  process.env.EVENT_SOURCE = '';

  expect(() => readEnv('validate-order')).toThrow(
    'validate-order: missing environment variable EVENT_BUS_NAME, EVENT_SOURCE; the construct that made this function sets it',
  );
});

test('a handler gets what it may have besides, where that is set', () => {
  expect(readEnv('validate-order').VALIDATION_HOOK_NAME).toBeUndefined();
  process.env.VALIDATION_HOOK_NAME = 'hook';

  expect(readEnv('validate-order').VALIDATION_HOOK_NAME).toBe('hook');
  expect(readEnv('receive-order')).not.toHaveProperty('VALIDATION_HOOK_NAME');
});
