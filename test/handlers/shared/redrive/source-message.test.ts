import { assertConsumed, notRedrivableReason, sourceMessageBytes, toSourceMessage, toStreamEvent, type DeadLetterMessage } from '#shared';
import { sampleDeadLetterMessage, sampleRoute, texts } from './sample-dead-letter-message';
import { confirmedItem } from '../../../support/sample-messages';
import { streamRecord } from '../../../support/stream-event';

const [standard, fifo] = [{ isFifo: false }, { isFifo: true }];

test('the source message has the original body, without attributes about the failure', () => {
  const attributes = texts({
    Reason: 'x', SourceArn: 'x', RULE_ARN: 'x', TARGET_ARN: 'x', ERROR_CODE: 'x', ERROR_MESSAGE: 'x', EXHAUSTED_RETRY_CONDITION: 'x', RETRY_ATTEMPTS: '1',
  });
  expect(toSourceMessage(sampleDeadLetterMessage('body', { attributes }), standard)).toEqual({ MessageBody: 'body' });
});

test('the source message keeps its own attributes', () => {
  const own: DeadLetterMessage['attributes'] = {
    ...texts({ tenant: 'a' }), count: { DataType: 'Number.int', StringValue: '7' }, picture: { DataType: 'Binary.png', BinaryValue: new Uint8Array([1, 2]) },
  };
  expect(toSourceMessage(sampleDeadLetterMessage('body', { attributes: { ...own, ...texts({ Reason: 'x', SourceArn: 'x' }) } }), standard)).toEqual({ MessageBody: 'body', MessageAttributes: own });
});

test('an own attribute may have the same name as one of ours', () => {
  const attributes = texts({ Reason: 'a gift' });
  expect(toSourceMessage(sampleDeadLetterMessage('body', { attributes }), standard)).toEqual({ MessageBody: 'body', MessageAttributes: attributes });
});

test('in a FIFO queue, the source message has its message group, and its message ID as deduplication ID', () => {
  expect(toSourceMessage(sampleDeadLetterMessage('body', { group: 'order-1' }), fifo)).toEqual({ MessageBody: 'body', MessageGroupId: 'order-1', MessageDeduplicationId: 'message-1' });
});

test('in a standard queue, which accepts no deduplication ID, the source message keeps its message group', () => {
  expect(toSourceMessage(sampleDeadLetterMessage('body', { group: 'tenant-1' }), standard)).toEqual({ MessageBody: 'body', MessageGroupId: 'tenant-1' });
});

test('the size of a message is that of its body in UTF-8 and of its attributes', () => {
  const attributes: DeadLetterMessage['attributes'] = { ...texts({ ten: 'ab' }), b: { DataType: 'Binary', BinaryValue: new Uint8Array(7) } };
  expect(sourceMessageBytes(sampleDeadLetterMessage('€', { attributes }))).toBe(3 + 'tenStringab'.length + 'bBinary'.length + 7);
});

test('a stream record is the only one in its batch', () => {
  expect(toStreamEvent(sampleDeadLetterMessage({ eventID: '1' }))).toEqual({ Records: [{ eventID: '1' }] });
});

test.each(['{}', '{"batchItemFailures":[]}'])('a response of %s means success', (response) => {
  expect(() => assertConsumed(response, undefined)).not.toThrow();
});

test('fails when the consumer reports the record as failed, or fails itself', () => {
  expect(() => assertConsumed('{"batchItemFailures":[{"itemIdentifier":"1"}]}', undefined)).toThrow('the consumer of the stream did not process the record');
  expect(() => assertConsumed('', 'Unhandled')).toThrow('the consumer of the stream failed; see its log');
});

describe('a message is redrivable', () => {
  const stream = sampleRoute({ queueUrl: undefined, functionName: 'publish-order-changes' });

  test('when it has a source queue, even if its body is not JSON', () => {
    expect(notRedrivableReason(sampleDeadLetterMessage('no JSON'), sampleRoute())).toBeUndefined();
  });

  test('when it is a complete stream record', () => {
    expect(notRedrivableReason(sampleDeadLetterMessage(streamRecord('1', undefined, confirmedItem())), stream)).toBeUndefined();
  });

  test.each([
    ['a reference to expired stream records', { DDBStreamBatchInfo: { shardId: 'shard-1' } }, 'it only refers to stream records, which have expired'],
    ['not a stream record', 'no JSON', 'it is not a stream record'],
  ])('fails when it is %s', (_, body, reason) => {
    expect(notRedrivableReason(sampleDeadLetterMessage(body), stream)).toBe(reason);
  });

  test('fails when its queue has no source', () => {
    expect(notRedrivableReason(sampleDeadLetterMessage(), sampleRoute({ queueUrl: undefined, notRedrivable: 'because' }))).toBe('because');
    expect(notRedrivableReason(sampleDeadLetterMessage(), sampleRoute({ queueUrl: undefined }))).toBe('it has no source queue');
  });
});
