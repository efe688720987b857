import { assertConsumed, toSourceMessage, toStreamEvent, type DeadLetterMessage } from '#shared';
import { sampleLetter, texts } from './sample-dead-letter';

const [standard, fifo] = [{ isFifo: false }, { isFifo: true }];

test('a message goes back with its body, and without what was written on it', () => {
  const attributes = texts({
    Reason: 'x', SourceArn: 'x', RULE_ARN: 'x', TARGET_ARN: 'x', ERROR_CODE: 'x', ERROR_MESSAGE: 'x', EXHAUSTED_RETRY_CONDITION: 'x', RETRY_ATTEMPTS: '1',
  });
  expect(toSourceMessage(sampleLetter('body', { attributes }), standard)).toEqual({ MessageBody: 'body' });
});

test('attributes of its own go with it', () => {
  const own: DeadLetterMessage['attributes'] = {
    ...texts({ tenant: 'a' }), count: { DataType: 'Number.int', StringValue: '7' }, picture: { DataType: 'Binary.png', BinaryValue: new Uint8Array([1, 2]) },
  };
  expect(toSourceMessage(sampleLetter('body', { attributes: { ...own, ...texts({ Reason: 'x', SourceArn: 'x' }) } }), standard)).toEqual({ MessageBody: 'body', MessageAttributes: own });
});

test('an attribute of its own may have the name of one of ours', () => {
  const attributes = texts({ Reason: 'a gift' });
  expect(toSourceMessage(sampleLetter('body', { attributes }), standard)).toEqual({ MessageBody: 'body', MessageAttributes: attributes });
});

test('in a FIFO queue it has its message group, and a deduplication id that is its own', () => {
  expect(toSourceMessage(sampleLetter('body', { group: 'order-1' }), fifo)).toEqual({ MessageBody: 'body', MessageGroupId: 'order-1', MessageDeduplicationId: 'message-1' });
});

test('in a standard queue, which takes no deduplication id, it keeps the group that is to be treated fairly', () => {
  expect(toSourceMessage(sampleLetter('body', { group: 'tenant-1' }), standard)).toEqual({ MessageBody: 'body', MessageGroupId: 'tenant-1' });
});

test('a record goes to its consumer as the only one of a batch', () => {
  expect(toStreamEvent(sampleLetter({ eventID: '1' }))).toEqual({ Records: [{ eventID: '1' }] });
});

test.each(['{}', '{"batchItemFailures":[]}'])('a consumer that answers %s has taken it', (answer) => {
  expect(() => assertConsumed(answer, undefined)).not.toThrow();
});

test('fails when the consumer did not take it, or failed itself', () => {
  expect(() => assertConsumed('{"batchItemFailures":[{"itemIdentifier":"1"}]}', undefined)).toThrow('the consumer of the stream did not take the record');
  expect(() => assertConsumed('', 'Unhandled')).toThrow('the consumer of the stream failed; its own log says why');
});
