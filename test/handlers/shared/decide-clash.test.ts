import { decideClash } from '#shared';
import { confirmedItem, orderValidated } from '../../support/sample-messages';

const stored = confirmedItem(orderValidated({ commandId: 'command-1' }));

test('an order that this very command stored was redelivered', () => {
  expect(decideClash(orderValidated({ commandId: 'command-1' }), stored)).toBe('OrderRedelivered');
});

test('an order that another command stored with the same content was repeated', () => {
  expect(decideClash(orderValidated({ commandId: 'command-2' }), stored)).toBe('OrderRepeated');
});

test('refuses an order with other content as a duplicate', () => {
  expect(decideClash(orderValidated({ commandId: 'command-2' }, { notes: 'other' }), stored)).toBe('OrderDuplicateRejected');
});

test('an order is compared with what was placed, not with what became of it', () => {
  expect(decideClash(orderValidated({ commandId: 'command-2' }), { ...stored, notes: 'changed since', version: 2 })).toBe('OrderRepeated');
});
