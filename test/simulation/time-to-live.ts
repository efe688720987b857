import type { Account } from './account';
import { START_TIME } from './clock';
import type { Table } from './dynamodb';
import type { World } from './requests';
import type { FileRecord } from '../../handlers/shared';
import { FILE_PART } from '../../src/private/contract';

const DAY_MS = 86_400_000;

interface Expired {
  readonly table: Table;
  readonly key: string;
  readonly due: number;
}

/** A file is named in messages by its ID or, in S3's notifications, by its key. */
function namesOf({ items }: Table, key: string): string[] {
  const { fileId } = items.get(key) as unknown as FileRecord;
  const file = items.get(`${fileId} ${FILE_PART}`) as unknown as FileRecord | undefined;
  return [fileId, ...(file ? [file.key] : [])];
}

/** DynamoDB's time to live: it deletes an item some minutes or some days after it expired. */
export class TimeToLive {
  private first?: Expired;
  private seen = 0;
  private readonly delays = new Map<string, number>();

  constructor(private readonly world: World, private readonly account: Account, private readonly idleDays: number) {}

  /** The time of the next deletion; Infinity if no item expires. */
  get next(): number {
    const { OrdersTable: orders, FilesTable: files } = this.account.tables;
    const seen = orders.writes.length + files.writes.length;
    if (seen !== this.seen) this.find(seen);
    return this.first?.due ?? Infinity;
  }

  run(): void {
    const { table, key, due } = this.first!;
    const { clock, trace } = this.world;
    clock.now = Math.max(clock.now, due);
    if (this.wasDeadLetter(table, key)) return this.find(this.seen);
    trace.add(clock.now, `${table.name} expires ${key}`);
    table.delete(key);
  }

  private find(seen: number): void {
    const { OrdersTable: orders, FilesTable: files } = this.account.tables;
    this.seen = seen;
    this.first = undefined;
    for (const table of [orders, files]) {
      const { timeToLive } = table.settings;
      if (timeToLive === undefined) continue;
      for (const [key, { [timeToLive]: expiresAt }] of table.items) {
        const due = typeof expiresAt === 'number' ? expiresAt * 1000 + this.delayOf(`${table.name} ${key} ${expiresAt}`, expiresAt) : Infinity;
        if (due < (this.first?.due ?? Infinity) && !this.wasDeadLetter(table, key)) this.first = { table, key, due };
      }
    }
  }

  /** Some items are deleted during the idle days, others just when the later requests start. */
  private delayOf(name: string, expiresAt: number): number {
    const random = this.world.randomStreams.of('time to live');
    const requestsStart = START_TIME + this.idleDays * DAY_MS - expiresAt * 1000;
    const delay = this.delays.get(name) ?? Math.max(60_000, random.chance(0.5) ? requestsStart + random.below(900_000) : random.below(3 * DAY_MS));
    this.delays.set(name, delay);
    return delay;
  }

  /**
   * The handlers rely on SQS's retention: no message of a deleted item is redriven. Dead-letter queues have no retention here, so an item is not
   * deleted if a message about it was in one. A redriven file may send all of its orders again.
   */
  private wasDeadLetter(table: Table, key: string): boolean {
    const { deadLetterQueues, tables } = this.account;
    const names = table === tables.FilesTable ? namesOf(tables.FilesTable, key) : [key];
    return deadLetterQueues.some((queue) => (table === tables.OrdersTable && queue.name.endsWith('FilesDeadLetterQueue') && queue.arrived.length > 0)
      || queue.arrived.some(({ body }) => names.some((name) => body.includes(`"${name}"`))));
  }
}
