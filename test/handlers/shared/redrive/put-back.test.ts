import { assertTaken, toMessage, toStreamEvent } from '#shared';
import { sampleLetter } from './sample-letter';

test('a message goes back with its body, and without what was written on it', () => {
  const attributes = { Reason: 'x', SourceArn: 'x', RULE_ARN: 'x', TARGET_ARN: 'x', ERROR_CODE: 'x', ERROR_MESSAGE: 'x', EXHAUSTED_RETRY_CONDITION: 'x', RETRY_ATTEMPTS: '1' };
  expect(toMessage(sampleLetter('body', { attributes }))).toEqual({ MessageBody: 'body' });
});

test('attributes of its own go with it', () => {
  expect(toMessage(sampleLetter('body', { attributes: { tenant: 'a', Reason: 'x' } })))
    .toEqual({ MessageBody: 'body', MessageAttributes: { tenant: { DataType: 'String', StringValue: 'a' } } });
});

test('in a FIFO queue it has its message group, and a deduplication id that is its own', () => {
  expect(toMessage(sampleLetter('body', { group: 'order-1' }))).toEqual({ MessageBody: 'body', MessageGroupId: 'order-1', MessageDeduplicationId: 'message-1' });
});

test('a record goes to its consumer as the only one of a batch', () => {
  expect(toStreamEvent(sampleLetter({ eventID: '1' }))).toEqual({ Records: [{ eventID: '1' }] });
});

test.each(['{}', '{"batchItemFailures":[]}'])('a consumer that answers %s has taken it', (answer) => {
  expect(() => assertTaken(answer, undefined)).not.toThrow();
});

test('fails when the consumer did not take it, or failed itself', () => {
  expect(() => assertTaken('{"batchItemFailures":[{"itemIdentifier":"1"}]}', undefined)).toThrow('the consumer of the stream did not take the record');
  expect(() => assertTaken('', 'Unhandled')).toThrow('the consumer of the stream failed; its own log says why');
});
