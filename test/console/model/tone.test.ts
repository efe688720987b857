import { toneOf, toneOfEvent } from '../../../console/model/tone';

test.each([['CONFIRMED', 'good'], ['FULFILLED', 'good'], ['REJECTED', 'bad'], ['PENDING', 'busy'], ['CANCELLED', 'neutral'], ['constructor', 'neutral']])('the status %s is %s', (status, tone) => {
  expect(toneOf(status)).toBe(tone);
});

test.each([
  ['OrderConfirmed', 'good'], ['OrderRejected', 'bad'], ['OrderChangeRefused', 'bad'], ['OrderPlacementRequested', 'busy'], ['OrderRedriven', 'busy'], ['OrderCancelled', 'neutral'],
])('the event %s is %s', (type, tone) => expect(toneOfEvent(type)).toBe(tone));
