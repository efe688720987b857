import { attention, type Observations } from '../../../../cli/console/data/attention';

const now = Date.parse('2026-03-01T12:00:00Z');
const totals = { accepted: 3, confirmed: 0, repeated: 0, rejected: 0, pending: 0, deadLettered: 0, unaccounted: 0 };
const queue = { id: 'Queue', label: 'orders queue', visible: 1, inFlight: 0, delayed: 0 };
const attentionTo = (changes: Partial<Observations>) => attention({ totals, deadLetters: [], queues: [queue], stuckFiles: 0, now, ...changes });

test('nothing needs attention in a pipeline that is up to date', () => {
  expect(attentionTo({ queues: [{ ...queue, oldestMessageAge: 900 }], totals: { ...totals, pending: 1, oldestPending: '2026-03-01T11:45:00Z' } })).toEqual([]);
});

test('lists lost orders, dead letters, old messages, old pending orders, and stuck files, in this sequence', () => {
  expect(attentionTo({
    totals: { ...totals, unaccounted: 1, pending: 2, oldestPending: '2026-03-01T11:40:00Z' },
    deadLetters: [{ name: 'orders', count: 2, resource: 'Dead' }, { name: 'partner', count: 1 }, { name: 'empty', count: 0 }],
    queues: [{ ...queue, oldestMessageAge: 1260 }],
    stuckFiles: 1,
  })).toEqual([
    { text: '1 accepted order without a known outcome', view: 'orders' },
    { text: '2 messages in the dead-letter queue "orders"', view: 'dead-letters', resource: 'Dead' },
    { text: '1 message in the dead-letter queue "partner"', view: 'dead-letters' },
    { text: 'a message waits for 21 minutes in the orders queue', view: 'pipeline', resource: 'Queue' },
    { text: '2 accepted orders pending, the oldest for 20 minutes', view: 'orders' },
    { text: '1 file not processed after 15 minutes', view: 'files' },
  ]);
});
