import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { hashOf } from './chances';
import type { Write } from './dynamodb';
import type { SimulatedFunction } from './functions';
import type { World } from './network';
import type { StandardQueue } from './queue';
import { streamDeadLetterInput } from '../../handlers/shared/messaging/dead-letter-input';
import { streamRecord } from '../support/stream-event';

const SHARDS = 3;
const BATCH_SIZE = 100;

/** One shard of a table's stream: in order, and nothing behind a record that failed. */
class Shard {
  readonly records: DynamoDBRecord[] = [];
  private isBusy = false;
  private failures = 0;

  constructor(
    private readonly name: string, private readonly world: World, private readonly consumer: SimulatedFunction,
    private readonly deadLetters: StandardQueue,
  ) {}

  push(record: DynamoDBRecord): void {
    // A version of the consumer that cannot read it sets it aside; another will read it when it is put back.
    if (this.world.faults.at('stream: record')) return void this.deadLetters.send(streamDeadLetterInput(record, 'it cannot be read'));
    this.records.push(record);
    this.poll(20);
  }

  private poll(least: number): void {
    if (this.isBusy || this.records.length === 0) return;
    this.isBusy = true;
    const { clock, chances } = this.world;
    clock.after(least + chances.of(this.name).below(300), () => { this.give(); });
  }

  private give(): void {
    const { faults, chances } = this.world;
    // A batch that failed as a whole is tried again in halves.
    const most = this.failures > 0 ? Math.max(1, Math.ceil(this.records.length / 2 ** this.failures)) : 1 + chances.of(this.name).below(BATCH_SIZE);
    const Records = this.records.slice(0, most);
    this.consumer.invoke({ Records }, ({ value, error }) => {
      this.isBusy = false;
      this.failures = error === undefined ? 0 : this.failures + 1;
      const done = error === undefined ? doneOf(value as DynamoDBBatchResponse | undefined, Records) : 0;
      if (!faults.at('stream: checkpoint')) this.records.splice(0, done);
      this.poll(done > 0 ? 20 : 1000 * 2 ** Math.min(6, this.failures));
    });
  }
}

/** A table's stream, and the event source that feeds a function from it. */
export class TableStream {
  private readonly shards: Shard[];
  private count = 0;

  constructor(world: World, consumer: SimulatedFunction, deadLetters: StandardQueue) {
    this.shards = Array.from({ length: SHARDS }, (_, index) => new Shard(`stream ${index}`, world, consumer, deadLetters));
  }

  /** Whether nothing is left in it. */
  get isEmpty(): boolean {
    return this.shards.every(({ records }) => records.length === 0);
  }

  /** The filter of the event source lets by only what is news: no deletion, which time to live makes, and nothing without an outcome. */
  push({ before, after }: Write): void {
    if (!(after?.outcome as { type?: string } | undefined)?.type) return;
    const shard = hashOf(String(after!.orderId)) % SHARDS;
    this.shards[shard].push(streamRecord(String(++this.count).padStart(21, '0'), before, after));
  }
}

/** How many of the records are done: those before the first that failed. */
function doneOf(response: DynamoDBBatchResponse | undefined, records: readonly DynamoDBRecord[]): number {
  const failed = (response?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier));
  return failed.length === 0 ? records.length : Math.max(0, Math.min(...failed));
}
