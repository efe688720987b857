import { isPastTimeToLive, isVisible, orderView, type OrderItem } from '#shared';
import { cancel, change, live, place } from '../../../support/sample-commands';
import { confirmedItem, orderRejected, rejectedItem, SAMPLE_TIME, sampleDocument, sampleFacts } from '../../../support/sample-messages';

const NOW = new Date(SAMPLE_TIME);

describe('the view has', () => {
  test('an order, its facts, its state and its times', () => {
    expect(orderView(confirmedItem())).toEqual({
      orderId: 'order-1', ...sampleFacts(sampleDocument()), order: sampleDocument(), status: 'CONFIRMED', version: 1, createdAt: SAMPLE_TIME, updatedAt: SAMPLE_TIME,
    });
  });

  test('the reason for a rejection', () => {
    const { facts, data: rejection } = orderRejected();

    expect(orderView(rejectedItem())).toEqual({
      orderId: 'order-1', ...facts, status: 'REJECTED', version: 0, createdAt: SAMPLE_TIME, updatedAt: SAMPLE_TIME, rejection,
    });
  });

  test('the reason for a cancellation', () => {
    expect(orderView(live([place(1), cancel(2, 'too dear')]).item)).toMatchObject({ status: 'CANCELLED', version: 2, cancellation: { reason: 'too dear' } });
  });

  test('nothing of pending commands or the sequence', () => {
    expect(orderView(live([place(1), change(3), cancel(4)]).item)).toEqual(orderView(confirmedItem()));
  });
});

describe('visible to clients is', () => {
  const rejected = rejectedItem();

  test('an order', () => {
    expect(isVisible(confirmedItem(), NOW)).toBe(true);
  });

  test.each<[string, OrderItem | undefined]>([['nothing where nothing is', undefined], ['no commands without their order', live([change(1)]).item]])('%s', (_, item) => {
    expect(isVisible(item, NOW)).toBe(false);
  });

  test.each([[true, -1], [false, 0], [false, 1]])('a rejection: %s, %i ms after its retention period', (visible, after) => {
    expect(isVisible(rejected, new Date(rejected.visibleUntil * 1000 + after))).toBe(visible);
  });

  test('no rejection that is kept only for the sequence of its order', () => {
    expect(rejected.expiresAt).toBeGreaterThan(rejected.visibleUntil);
  });
});

describe('expiry', () => {
  test.each([[false, -1], [true, 0], [true, 1]])('is %s for an item %i ms after its expiry time', (expired, after) => {
    expect(isPastTimeToLive({ expiresAt: 1_000 }, new Date(1_000_000 + after))).toBe(expired);
  });

  test('never comes for an order', () => {
    expect(isPastTimeToLive(confirmedItem(), new Date('9999-01-01'))).toBe(false);
  });
});
