import type { OrderTotals } from '../../../cli/console/console-api';
import { describeTotals, OUTCOMES } from '../../../console/model/equation';

const totals = (changes: Partial<OrderTotals>): OrderTotals =>
  ({ accepted: 9, confirmed: 9, repeated: 0, rejected: 0, pending: 0, deadLettered: 0, unaccounted: 0, ...changes });

test.each([
  [{}, 'good', 'The equation holds: every accepted order has an outcome'],
  [{ pending: 1 }, 'busy', 'The equation holds; 1 order is being processed'],
  [{ pending: 2, deadLettered: 1 }, 'bad', '1 order waits in dead-letter queues; no order is lost'],
  [{ unaccounted: 1, pending: 1 }, 'bad', '1 accepted order has no known outcome'],
  [{ unaccounted: 2, deadLettered: 3 }, 'bad', '2 accepted orders have no known outcome'],
  [{ unaccounted: -1 }, 'bad', '1 more outcome than accepted orders'],
])('%j is %s: %s', (changes, tone, text) => expect(describeTotals(totals(changes))).toEqual({ tone, text }));

test('the equation has every count of the totals on one of its sides', () => {
  expect([...OUTCOMES, 'accepted', 'unaccounted'].sort()).toEqual(Object.keys(totals({})).sort());
});
