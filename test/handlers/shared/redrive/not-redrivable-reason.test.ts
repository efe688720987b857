import { notRedrivableReason } from '#shared';
import { sampleLetter, sampleRoute } from './sample-dead-letter';
import { confirmedItem } from '../../../support/sample-messages';
import { streamRecord } from '../../../support/stream-event';

const stream = sampleRoute({ queueUrl: undefined, functionName: 'publish-order-changes' });

test('whatever came from a queue goes back there, also what nobody can read', () => {
  expect(notRedrivableReason(sampleLetter('no JSON'), sampleRoute())).toBeUndefined();
});

test('a whole record of a stream goes to its consumer', () => {
  expect(notRedrivableReason(sampleLetter(streamRecord('1', undefined, confirmedItem())), stream)).toBeUndefined();
});

test.each([
  ['what Lambda says of records that are gone', { DDBStreamBatchInfo: { shardId: 'shard-1' } }, 'it only says where in the stream records were, and the stream has dropped them by now'],
  ['anything else in the dead-letter queue of a stream', 'no JSON', 'it is no record of a stream'],
])('%s stays', (_, body, why) => {
  expect(notRedrivableReason(sampleLetter(body), stream)).toBe(why);
});

test('what has no way back stays, with the reason where one is known', () => {
  expect(notRedrivableReason(sampleLetter(), sampleRoute({ queueUrl: undefined, notRedrivable: 'because' }))).toBe('because');
  expect(notRedrivableReason(sampleLetter(), sampleRoute({ queueUrl: undefined }))).toBe('no queue is known that it could be put back into');
});
