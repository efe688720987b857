import type { RedrivenRecord } from './source-event';
import { fromBase64, type SourceRecord } from './source-record';
import { valueAt } from '../json/value-at';
import { reasonAttributes, type DeadLetterInput } from '../messaging/dead-letter-input';

/** SQS accepts 256 KiB in every region. A record of Kafka or Kinesis can be larger, and its dead letter then has its position only. */
const MAX_BODY_SIZE = 250 * 1024;

/**
 * Creates the dead-letter message for a record: the record as it was received, so that it can be redriven. Its value is text, or base64 where
 * that would change it.
 */
export function sourceDeadLetterInput(record: SourceRecord, reason: string, sourceId: string): DeadLetterInput {
  const { position, headers } = record;
  const whole = JSON.stringify({ sourceRecord: { position, headers, ...encoded(record) } });
  const isTooLarge = Buffer.byteLength(whole) > MAX_BODY_SIZE;
  return {
    MessageBody: isTooLarge ? JSON.stringify({ omittedRecord: { position, size: record.value.length } }) : whole,
    MessageAttributes: reasonAttributes(reason, sourceId),
  };
}

function encoded({ value, unreadable }: SourceRecord): object {
  const text = Buffer.from(value).toString();
  const isText = Buffer.from(text).equals(value);
  return { ...(isText ? { text } : { base64: Buffer.from(value).toString('base64') }), ...(unreadable === undefined ? {} : { unreadable }) };
}

/** The record in a redriven dead-letter message. */
export function redrivenRecord({ sourceRecord }: RedrivenRecord, index: number) {
  const [text, base64, unreadable] = ['text', 'base64', 'unreadable'].map((field) => valueAt(sourceRecord, field) as string | undefined);
  return {
    ...(sourceRecord as Pick<SourceRecord, 'position' | 'headers'>),
    value: text === undefined ? fromBase64(base64 ?? '') : Buffer.from(text),
    itemIdentifier: String(index),
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}
