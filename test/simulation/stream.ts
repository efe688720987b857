import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { MappingSettings, TableSettings } from './deployment';
import type { Images, Write } from './dynamodb';
import type { SimulatedFunction } from './functions';
import type { StandardQueue } from './queue';
import { hashOf } from './random-streams';
import type { World } from './requests';
import { passesFilter } from './stream-filter';
import { streamDeadLetterInput } from '../../handlers/shared/messaging/dead-letter-input';
import { streamRecord } from '../support/stream-event';

const SHARDS = 3;

/** Each consumer reads the stream by itself: the names are those of the sites of faults. */
export const STREAM_NAMES: Readonly<Record<string, string>> = { 'publish-order-changes': 'stream', 'record-file-outcomes': 'file outcomes' };

/** The queues for records that are not processed. */
export interface StreamQueues {
  /** The queue to which the consumer sends records that it cannot read. */
  readonly deadLetterQueue: StandardQueue;
  /** The destination of the mapping for discarded batches. */
  readonly onFailure?: StandardQueue;
}

/** One shard of a table's stream, or one of its batches that are processed concurrently. A record that failed blocks those behind it. */
class Shard {
  readonly records: DynamoDBRecord[] = [];
  private readonly times: number[] = [];
  private isBusy = false;
  private failures = 0;
  private attempts = 0;

  constructor(
    private readonly stream: string, private readonly name: string, private readonly world: World, private readonly consumer: SimulatedFunction,
    private readonly settings: MappingSettings, private readonly queues: StreamQueues,
  ) {}

  push(record: DynamoDBRecord): void {
    // One version of the consumer cannot read the record and sends it to the dead-letter queue; a later version reads it after a redrive.
    if (this.world.faults.at(`${this.stream}: record`)) return void this.queues.deadLetterQueue.send(streamDeadLetterInput(record, 'The record cannot be read.'));
    this.records.push(record);
    this.times.push(this.world.clock.now);
    this.poll(20);
  }

  private poll(least: number): void {
    if (this.isBusy || this.records.length === 0) return;
    this.isBusy = true;
    const { clock, randomStreams } = this.world;
    const { batchSize, batchingWindow } = this.settings;
    const window = this.records.length < batchSize ? batchingWindow : 0;
    clock.after(least + randomStreams.of(this.name).below(300) + window, () => { this.deliver(); });
  }

  private deliver(): void {
    const { faults } = this.world;
    this.discardExpired();
    const Records = this.records.slice(0, this.batchSize);
    if (Records.length === 0) return void (this.isBusy = false);
    this.consumer.invoke({ Records }, ({ value, error }) => {
      this.isBusy = false;
      this.failures = error === undefined ? 0 : this.failures + 1;
      const done = error === undefined ? this.doneOf(value as DynamoDBBatchResponse | undefined, Records) : 0;
      this.attempts = done === 0 ? this.attempts + 1 : 0;
      if (this.attempts > this.settings.retries) this.discard(Records.length, 'RetryAttemptsExhausted');
      else if (!faults.at(`${this.stream}: checkpoint`)) this.remove(done);
      this.poll(done > 0 ? 20 : 1000 * 2 ** Math.min(6, this.failures));
    });
  }

  /** A batch that failed as a whole is retried: unchanged, or in halves. */
  private get batchSize(): number {
    const { failures, settings: { batchSize, bisectsBatch } } = this;
    if (failures > 0) return bisectsBatch ? Math.max(1, Math.ceil(this.records.length / 2 ** failures)) : batchSize;
    return 1 + this.world.randomStreams.of(this.name).below(batchSize);
  }

  /** The number of records before the first that failed. */
  private doneOf(response: DynamoDBBatchResponse | undefined, records: readonly DynamoDBRecord[]): number {
    if (!this.settings.reportsBatchItemFailures) return records.length;
    const failed = (response?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
      records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier));
    return failed.length === 0 ? records.length : Math.max(0, Math.min(...failed));
  }

  private discardExpired(): void {
    const bound = this.world.clock.now - this.settings.maxRecordAge;
    const expired = this.times.findIndex((time) => time >= bound);
    const count = expired === -1 ? this.times.length : expired;
    if (count > 0) this.discard(count, 'RecordAgeExceeded');
  }

  /** Lambda sends the positions of the records to the destination, not the records. */
  private discard(count: number, condition: string): void {
    const DDBStreamBatchInfo = { shardId: this.name, startSequenceNumber: this.records[0].dynamodb?.SequenceNumber, batchSize: count };
    this.queues.onFailure?.send({ MessageBody: JSON.stringify({ requestContext: { condition }, DDBStreamBatchInfo }) });
    this.remove(count);
    this.attempts = 0;
  }

  private remove(count: number): void {
    this.records.splice(0, count);
    this.times.splice(0, count);
  }
}

/** A table's stream with the event source mapping that feeds a function from it. */
export class TableStream {
  readonly table: string;
  private readonly shards: Shard[];
  private count = 0;

  constructor(
    world: World, consumer: SimulatedFunction, private readonly mapping: MappingSettings, private readonly settings: TableSettings,
    queues: StreamQueues,
  ) {
    this.table = mapping.table!;
    const name = STREAM_NAMES[mapping.functionName];
    this.shards = Array.from({ length: SHARDS * mapping.parallelizationFactor }, (_, index) => new Shard(name, `${name} ${index}`, world, consumer, mapping, queues));
  }

  /** Whether all records were processed. */
  get isEmpty(): boolean {
    return this.shards.every(({ records }) => records.length === 0);
  }

  /** Adds a record of a write if it passes the filter of the mapping. */
  push(write: Write): void {
    const images = this.imagesOf(write);
    if (!passesFilter(this.mapping, images)) return;
    const shard = hashOf(String((write.after ?? write.before)!.orderId)) % this.shards.length;
    this.shards[shard].push(streamRecord(String(++this.count).padStart(21, '0'), images.before, images.after, write.at));
  }

  /** The images of a write in the stream. */
  private imagesOf({ before, after }: Write): Images {
    switch (this.settings.streamViewType) {
      case 'NEW_AND_OLD_IMAGES': return { before, after };
      default: throw new Error(`The stream view type ${this.settings.streamViewType} is not simulated.`);
    }
  }
}
