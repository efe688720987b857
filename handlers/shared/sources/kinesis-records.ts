import type { KinesisStreamRecord } from 'aws-lambda';
import type { IdentifiedRecord } from './source-event';
import { fromBase64 } from './source-record';

/** How a record begins that the Kinesis Producer Library aggregated from several. */
const AGGREGATED = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/** The records of a batch of Kinesis, all of one shard. */
export const kinesisRecords = (records: readonly KinesisStreamRecord[]): IdentifiedRecord[] => records.map(toRecord);

function toRecord({ eventID, kinesis: { data, sequenceNumber } }: KinesisStreamRecord): IdentifiedRecord {
  const value = fromBase64(data);
  const isAggregated = AGGREGATED.equals(value.subarray(0, AGGREGATED.length));
  return {
    position: [eventID],
    value,
    headers: [],
    itemIdentifier: sequenceNumber,
    ...(isAggregated ? { unreadable: 'the record is an aggregate of the Kinesis Producer Library; set AggregationEnabled to false in the producer' } : {}),
  };
}
