import * as fc from 'fast-check';
import { executionName } from '#shared';

const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);

test('the name of an execution is one that Step Functions accepts, and leaves room for the name of a step in event IDs', () => {
  fc.assert(fc.property(ids, fc.string(), (orderId, eventId) => {
    expect(executionName('Fulfillment', orderId, eventId)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  }));
});

test('it begins with the order ID, as far as it fits', () => {
  expect(executionName('Fulfillment', 'order-1', 'event-1')).toMatch(/^order-1-[0-9a-f]{32}$/);
  expect(executionName('Fulfillment', 'o'.repeat(64), 'event-1')).toMatch(/^o{31}-[0-9a-f]{32}$/);
});

test('it is the same for the same event, and differs by event and by workflow', () => {
  const name = (workflow: string, eventId: string) => executionName(workflow, 'order-1', eventId);
  expect(name('A', 'event-1')).toBe(name('A', 'event-1'));
  expect(new Set([name('A', 'event-1'), name('A', 'event-2'), name('B', 'event-1'), name('Aevent-1', '')]).size).toBe(4);
});
