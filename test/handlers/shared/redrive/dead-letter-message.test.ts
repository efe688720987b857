import { valueAt, parseBody, toDeadLetterMessage } from '#shared';
import { sampleDeadLetterMessage } from './sample-dead-letter-message';

test('a message received from SQS is converted', () => {
  expect(toDeadLetterMessage({
    MessageId: 'm',
    ReceiptHandle: 'r',
    Body: 'text',
    Attributes: { MessageGroupId: 'g', SentTimestamp: '1700', ApproximateReceiveCount: '3' },
    MessageAttributes: { Reason: { DataType: 'String', StringValue: 'why' } },
  })).toEqual({
    id: 'm', receiptHandle: 'r', body: 'text', group: 'g', sentAt: 1700, receiveCount: 3, attributes: { Reason: { DataType: 'String', StringValue: 'why' } },
  });
});

test('attributes that SQS omits are absent', () => {
  expect(toDeadLetterMessage({ MessageId: 'm', ReceiptHandle: 'r' })).toEqual({ id: 'm', receiptHandle: 'r', body: '', sentAt: 0, receiveCount: 1, attributes: {} });
});

test.each([['{"a":1}', { a: 1 }], ['null', null], ['no JSON', undefined], ['', undefined]])('the body %p is %p as JSON', (body, json) => {
  expect(parseBody(sampleDeadLetterMessage(body))).toEqual(json);
});

test.each([
  [{ a: { b: 1 } }, ['a', 'b'], 1], [{ a: null }, ['a', 'b'], undefined], ['text', ['length'], undefined], [undefined, ['a'], undefined], [{}, ['constructor'], undefined],
])('in %p, the value at %p is %p', (value, path, found) => {
  expect(valueAt(value, ...path)).toBe(found);
});
