import type { MSKRecord } from 'aws-lambda';
import type { KafkaEvent } from './source-event';
import { fromBase64, textOfBytes, type SourceRecord } from './source-record';

/** The records of a batch of Kafka, in the sequence of each partition. */
export const kafkaRecords = ({ records }: KafkaEvent): SourceRecord[] => Object.values(records).flat().map(toRecord);

function toRecord({ topic, partition, offset, value, headers }: MSKRecord): SourceRecord {
  return {
    position: [topic, String(partition), String(offset)],
    value: fromBase64(value ?? ''),
    headers: (headers ?? []).flatMap((header) => Object.entries(header)).map(([name, bytes]) => [name, textOfBytes(bytes ?? [])]),
    // With log compaction, such a record deletes its key.
    ...(value === undefined || value === null ? { unreadable: 'the record has no value' } : {}),
  };
}
