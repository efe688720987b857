import { digest } from '../orders/ids';

/** A record of a source, whatever the service. */
export interface SourceRecord {
  /** Where it is in its source: topic, partition and offset, shard and sequence number, or queue and message ID. It never has two records. */
  readonly position: readonly string[];
  readonly value: Uint8Array;
  /** Headers, properties or attributes. A name can occur more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Why it has no value that can be read. */
  readonly unreadable?: string;
}

/** The ID of a record: the same whenever it is delivered. Records of two sources differ by the ID of their source. */
export const sourceRecordId = (sourceId: string, { position }: SourceRecord): string => digest(['source record', sourceId, ...position]).slice(0, 32);

/** A value in an event of Lambda. */
export const fromBase64 = (value: string): Uint8Array => Buffer.from(value, 'base64');

/** Headers in an event of Lambda: the bytes of each value. */
export const textOfBytes = (bytes: readonly number[]): string => Buffer.from(bytes).toString();
