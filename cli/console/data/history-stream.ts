import type { Attributes } from '../../../handlers/aws/attribute-values';
import { fromHistoryItem } from '../../../handlers/aws/history-items';
import type { HistoryRecord } from '../../../handlers/shared/queries/history-record';
import { EVENT_POSITION } from '../../../src/private/contract';
import type { ConsoleAws } from '../aws/console-aws';

interface Shard { readonly ShardId: string }
interface Description { readonly StreamDescription: { readonly Shards?: readonly Shard[]; readonly LastEvaluatedShardId?: string } }
interface StreamRecord { readonly eventName: string; readonly dynamodb: { readonly NewImage?: Attributes } }
interface Records { readonly Records?: readonly StreamRecord[]; readonly NextShardIterator?: string }

/** Seconds after which new shards are looked for. */
const DESCRIBE_EVERY_MS = 60_000;

/** Reads new events from the stream of the history table, from its opening on. */
export class HistoryStream {
  /** Opens the stream: later events are read. */
  static async open(arn: string, aws: Pick<ConsoleAws, 'streams'>): Promise<HistoryStream> {
    const stream = new HistoryStream(arn, aws);
    await stream.addShards('LATEST');
    return stream;
  }

  private readonly iterators = new Map<string, string>();
  private readonly known = new Set<string>();
  private describedAt = 0;

  private constructor(private readonly arn: string, private readonly aws: Pick<ConsoleAws, 'streams'>) {}

  /**
   * Reads the events since the last call.
   *
   * @throws an error of the service, after which events can be missing.
   */
  async read(): Promise<HistoryRecord[]> {
    if (Date.now() > this.describedAt + DESCRIBE_EVERY_MS) await this.addShards('TRIM_HORIZON');
    const pages = await Promise.all([...this.iterators].map(([shard, iterator]) => this.readShard(shard, iterator)));
    return pages.flat();
  }

  private async readShard(shard: string, ShardIterator: string): Promise<HistoryRecord[]> {
    const { Records = [], NextShardIterator } = await this.aws.streams<Records>('GetRecords', { ShardIterator, Limit: 1000 });
    if (NextShardIterator === undefined) {
      this.iterators.delete(shard);
      // Its children are open already.
      this.describedAt = 0;
    } else {
      this.iterators.set(shard, NextShardIterator);
    }
    return Records.flatMap(({ eventName, dynamodb: { NewImage } }) => (eventName === 'INSERT' && NewImage ? toRecords(NewImage) : []));
  }

  /** Adds the shards that are not known. Later ones are read from their beginning: they are children of known ones. */
  private async addShards(from: 'LATEST' | 'TRIM_HORIZON'): Promise<void> {
    const shards = await this.describe();
    for (const { ShardId } of shards.filter((shard) => !this.known.has(shard.ShardId))) {
      this.known.add(ShardId);
      const request = { StreamArn: this.arn, ShardId, ShardIteratorType: from };
      const { ShardIterator } = await this.aws.streams<{ ShardIterator?: string }>('GetShardIterator', request);
      if (ShardIterator !== undefined) this.iterators.set(ShardId, ShardIterator);
    }
    this.describedAt = Date.now();
  }

  private async describe(): Promise<Shard[]> {
    const shards: Shard[] = [];
    for (let start: string | undefined; ;) {
      const request = { StreamArn: this.arn, ...(start === undefined ? {} : { ExclusiveStartShardId: start }) };
      const { StreamDescription } = await this.aws.streams<Description>('DescribeStream', request);
      shards.push(...StreamDescription.Shards ?? []);
      start = StreamDescription.LastEvaluatedShardId;
      if (start === undefined) return shards;
    }
  }
}

/** Items with the position of an event are not events. */
const toRecords = ({ contents, ...image }: Attributes): HistoryRecord[] => {
  // In the JSON of the stream, binary values are texts.
  const binary = contents && { contents: { B: Buffer.from(contents.B as unknown as string, 'base64') } };
  const record = fromHistoryItem({ ...image, ...binary });
  return isEvent(record) ? [record] : [];
};

export const isEvent = ({ listKey }: Pick<HistoryRecord, 'listKey'>): boolean => !listKey.startsWith(EVENT_POSITION);
