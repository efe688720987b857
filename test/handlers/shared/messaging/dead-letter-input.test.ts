import { streamDeadLetterInput, deadLetterInput } from '#shared';
import { fifoRecord, sqsRecord } from '../../../support/sqs-event';
import { streamRecord } from '../../../support/stream-event';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

test('a message keeps its body and has its reason and its source', () => {
  expect(deadLetterInput(sqsRecord('message-1', 'body'), 'it is poison')).toEqual({
    MessageBody: 'body',
    MessageAttributes: { Reason: text('it is poison'), SourceArn: text('arn:aws:sqs:eu-central-1:111122223333:queue') },
  });
});

test('a message of a FIFO queue keeps its group, so that it can be redriven', () => {
  expect(deadLetterInput(fifoRecord('message-1', 'body', 'group-1'), 'it is poison')).toMatchObject({
    MessageGroupId: 'group-1', MessageDeduplicationId: 'message-1',
  });
});

test('a message group of a standard queue needs no deduplication', () => {
  const input = deadLetterInput(sqsRecord('message-1', 'body', { MessageGroupId: 'group-1' }), 'it is poison');

  expect(input.MessageGroupId).toBe('group-1');
  expect(input.MessageDeduplicationId).toBeUndefined();
});

test('a change of a table is kept whole', () => {
  const record = streamRecord('1', undefined, { orderId: 'order-1' });
  const { MessageBody, MessageAttributes } = streamDeadLetterInput(record, 'it is poison');

  expect(JSON.parse(MessageBody!)).toEqual(record);
  expect(MessageAttributes).toEqual({ Reason: text('it is poison'), SourceArn: text(record.eventSourceARN!) });
});

test('a change of an unnamed stream is kept all the same', () => {
  const { eventSourceARN, ...record } = streamRecord('1', undefined, {});

  expect(streamDeadLetterInput(record, 'it is poison').MessageAttributes).toMatchObject({ SourceArn: text('unknown') });
});

test('a reason is cut at 1024 characters', () => {
  const { MessageAttributes } = deadLetterInput(sqsRecord('message-1', 'body'), 'r'.repeat(2000));

  expect(MessageAttributes!.Reason.StringValue).toBe('r'.repeat(1024));
});
