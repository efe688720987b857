import { validateCommand, REFUSAL_REASON, needsSequence } from '#shared';
import type { Channel } from '../../../../src/private/contract';
import { SAMPLE_TOTAL, sampleCommand } from '../../../support/sample-messages';
import { sampleOrder } from '../../../support/sample-order';

const placement = (payload: unknown) => validateCommand(sampleCommand({ payload }));
const change = (payload: unknown, channel: Channel = 'api') => validateCommand(sampleCommand({ commandType: 'ChangeOrder', payload, channel }));
const cancellation = (payload: unknown, channel: Channel = 'api') => validateCommand(sampleCommand({ commandType: 'CancelOrder', payload, channel }));

const errorsIn = ({ data }: { readonly data: unknown }) => (data as { errors: { path: string; code: string }[] }).errors.map(({ path, code }) => `${path} ${code}`).sort();

describe('an order', () => {
  test('that is valid is validated with its facts, the total among them, and the document as it was sent', () => {
    expect(validateCommand(sampleCommand())).toEqual({
      type: 'OrderValidated', facts: { customerId: 'customer-1', currency: 'EUR', total: SAMPLE_TOTAL }, data: { order: sampleOrder({ orderId: 'order-1' }) },
    });
  });

  test('that may change an existing order is validated with that', () => {
    expect(validateCommand(sampleCommand({ onExistingOrder: 'CHANGE' })).data).toEqual({ order: sampleOrder({ orderId: 'order-1' }), onExistingOrder: 'CHANGE' });
  });

  test.each(['api', 'file', 'bus'] as const)('may come by %s', (channel) => {
    expect(validateCommand(sampleCommand({ channel })).type).toBe('OrderValidated');
  });

  test('that breaks a rule is rejected, with its customer', () => {
    expect(placement(sampleOrder({ orderId: 'order-1', total: 1 }))).toMatchObject({
      type: 'OrderRejected', facts: { customerId: 'customer-1' }, data: { code: 'INVALID_ORDER', errors: [{ path: '/total', code: 'TOTAL_MISMATCH' }] },
    });
  });

  test('of the wrong shape, which others may have put into the queue, is rejected with every error', () => {
    const validation = placement({ orderId: 'order-1', items: [] });

    expect(validation).toMatchObject({ type: 'OrderRejected', data: { code: 'INVALID_ORDER' } });
    expect(errorsIn(validation)).toEqual(['/currency REQUIRED', '/items TOO_SMALL']);
  });

  test('whose sender found errors is rejected with them, whatever its payload', () => {
    const errors = [{ path: '/notes', code: 'DUPLICATE_KEY', message: 'the key occurs twice; remove one of them' }];

    expect(validateCommand(sampleCommand({ errors }))).toMatchObject({ type: 'OrderRejected', data: { code: 'INVALID_ORDER', errors } });
    expect(validateCommand(sampleCommand({ errors, payload: undefined }))).toMatchObject({ type: 'OrderRejected', data: { errors } });
  });

  test('under another id than its command\'s is rejected', () => {
    const validation = placement(sampleOrder({ orderId: 'order-2' }));

    expect(validation.type).toBe('OrderRejected');
    expect(errorsIn(validation)).toEqual(['/orderId ORDER_ID_MISMATCH']);
  });

  test.each([null, undefined, 'order', []])('that is %j is rejected', (payload) => {
    expect(placement(payload).type).toBe('OrderRejected');
  });
});

describe('a change', () => {
  test.each([{ patch: { notes: null } }, { patch: { notes: 'a' }, expectedVersion: 1 }])('that is in order is requested as it is: %j', (payload) => {
    expect(change(payload)).toEqual({ type: 'OrderChangeRequested', data: payload });
  });

  test('that is wrong is refused with every error', () => {
    const validation = change({ patch: { notes: 1, currency: 'CHF' }, expectedVersion: 0, more: 1 });

    expect(validation).toMatchObject({ type: 'OrderChangeRefused', data: { code: 'INVALID_COMMAND', reason: REFUSAL_REASON.INVALID_COMMAND } });
    expect(errorsIn(validation)).toEqual(['/expectedVersion TOO_SMALL', '/more UNKNOWN_FIELD', '/patch/currency NOT_CHANGEABLE', '/patch/notes INVALID_TYPE']);
  });

  test.each([null, undefined, 'patch', {}, { patch: {} }, { patch: null }])('that is %j is refused', (payload) => {
    expect(change(payload)).toMatchObject({ type: 'OrderChangeRefused', data: { code: 'INVALID_COMMAND' } });
  });

  test.each(['file', 'bus'] as const)('cannot come into the orders queue by %s', (channel) => {
    expect(change({ patch: { notes: 'a' } }, channel)).toEqual({ type: 'OrderChangeRefused', data: { code: 'NOT_ALLOWED', reason: REFUSAL_REASON.NOT_ALLOWED } });
  });
});

describe('a cancellation', () => {
  test.each([{ reason: 'r' }, { reason: 'r'.repeat(500), expectedVersion: 7 }])('that is in order is requested as it is: %j', (payload) => {
    expect(cancellation(payload)).toEqual({ type: 'OrderCancellationRequested', data: payload });
  });

  test('that is wrong is refused with every error', () => {
    const validation = cancellation({ reason: '', expectedVersion: 1.5, more: 1 });

    expect(validation).toMatchObject({ type: 'OrderCancellationRefused', data: { code: 'INVALID_COMMAND' } });
    expect(errorsIn(validation)).toEqual(['/expectedVersion INVALID_TYPE', '/more UNKNOWN_FIELD', '/reason TOO_SMALL']);
  });

  test('whose sender found errors is refused with them', () => {
    const errors = [{ path: '', code: 'INVALID_JSON', message: 'the body is not JSON' }];

    expect(validateCommand(sampleCommand({ commandType: 'CancelOrder', errors, payload: { reason: 'r' } })))
      .toMatchObject({ type: 'OrderCancellationRefused', data: { code: 'INVALID_COMMAND', errors } });
  });

  test.each(['file', 'bus'] as const)('cannot come into the orders queue by %s', (channel) => {
    expect(cancellation({ reason: 'r' }, channel)).toMatchObject({ type: 'OrderCancellationRefused', data: { code: 'NOT_ALLOWED' } });
  });
});

test.each([
  ['a valid order', validateCommand(sampleCommand()), true],
  ['a rejected order, which is remembered', placement(null), true],
  ['a change', change({ patch: { notes: 'a' } }), true],
  ['a refused change', change(null), false],
  ['a cancellation', cancellation({ reason: 'r' }), true],
  ['a refused cancellation', cancellation(null), false],
])('whether %s needs a sequence number: %j', (_, validation, takes) => {
  expect(needsSequence(validation)).toBe(takes);
});
