import type { FileSummary } from '../../../cli/console/console-api';
import { fileProgress } from '../../../console/model/file-progress';

const file = (changes: Partial<FileSummary>): FileSummary => ({ fileId: 'file-1', key: 'incoming/orders.json', state: 'EXTRACTING', receivedAt: '2026-11-27T12:00:00Z', sent: 0, ...changes });
const counts = { total: 12, valid: 10, invalid: 2 };

test.each([
  ['a file without counts is being checked', {}, { share: 0, text: 'being checked', isDone: false }],
  ['a file is half done when its orders are sent', { counts, sent: 10 }, { share: 0.5, text: '10 of 10 orders sent', isDone: false }],
  ['known outcomes are the other half', { counts, sent: 10, state: 'COMPLETED', outcomes: { confirmed: 4, rejected: 1 } }, { share: 0.75, text: '5 of 10 orders processed', isDone: false }],
  ['a file is done when all orders have an outcome', { counts, sent: 10, state: 'COMPLETED', outcomes: { confirmed: 9, rejected: 1 } }, { share: 1, text: '10 of 10 orders processed', isDone: true }],
  ['a file is done when its orders are sent, if outcomes are not recorded', { counts, sent: 10, state: 'COMPLETED' }, { share: 1, text: '10 orders sent', isDone: true }],
  ['a rejected file is done', { state: 'REJECTED', counts }, { share: 1, text: 'none of its orders was sent', isDone: true }],
  ['a file without valid orders is done', { state: 'COMPLETED', counts: { total: 2, valid: 0, invalid: 2 } }, { share: 1, text: 'has no valid order', isDone: true }],
])('%s', (_, changes, progress) => expect(fileProgress(file(changes))).toEqual(progress));

test('more outcomes than orders are not more than all', () => {
  expect(fileProgress(file({ counts, sent: 10, state: 'COMPLETED', outcomes: { confirmed: 25 } })).share).toBe(1);
});
