import * as fc from 'fast-check';
import { PoisonMessage } from '#shared';
import { outboxSchema, readOutbox } from '../../../../handlers/shared/lifecycle/read-outbox';
import { parseShape } from '../../../../handlers/shared/messaging/parse-message';
import { confirmedItem } from '../../../support/sample-messages';

const { orderId, version, outcome } = confirmedItem();

describe('whatever the fields of an item', () => {
  const odd = fc.constantFrom<unknown>(
    '', 'a', 'x'.repeat(128), 'x'.repeat(129), 'tenant-1/order-1', '/order-1', 'a/b/c', 'OrderChanged', 'bus', 'fax', '2026-02-30T00:00:00.000Z', '2024-02-29T23:59:59.999Z',
    '2026-02-28T24:00:00.000Z', '2026-02-28T10:00:00Z', '2026-02-28T10:00:00.123456Z', '+102026-02-28T10:00:00.000Z', '-000001-01-01T00:00:00.000Z',
    '2026-02-28T10:00:00.000+01:00', 0, -0, -1, 1, 0.5, 2 ** 53, NaN, Infinity, null, undefined, true, [], {}, { a: [1] },
  );
  /** Nearly always as the pipeline writes it, so that most items have one odd field at most. */
  const fieldsOf = (valid: object) => fc.record(Object.fromEntries(Object.entries({ ...valid, previousAt: '2026-01-01T00:00:00.000Z', tenant: 'tenant-1' }).map(([name, value]) =>
    [name, fc.oneof({ weight: 12, arbitrary: fc.constant<unknown>(value) }, odd)])));
  const item = fc.tuple(fieldsOf({ orderId, version }), fc.oneof({ weight: 12, arbitrary: fieldsOf(outcome!) }, odd))
    .map(([fields, given]) => ({ ...fields, outcome: given }));

  test('it is read as its schema reads it, or fails for the same reason', () => {
    const counts = { read: 0, failed: 0 };
    fc.assert(fc.property(item, (given) => {
      const expected = resultOf(() => parseShape(given, outboxSchema));
      expect(resultOf(() => readOutbox(given))).toEqual(expected);
      counts[expected instanceof PoisonMessage ? 'failed' : 'read']++;
    }), { numRuns: 3000 });
    expect(Math.min(counts.read, counts.failed)).toBeGreaterThan(300);
  });
});

function resultOf(read: () => object): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}
