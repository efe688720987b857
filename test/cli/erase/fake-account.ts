import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { ErasureAws, ObjectVersion } from '../../../cli/erase/erasure-aws';
import { fromAttributes, toAttributes, type Attributes } from '../../../handlers/aws/attribute-values';
import { fromHistoryItem } from '../../../handlers/aws/history-items';
import type { OrderItem } from '../../../handlers/shared/commands/order-item';
import type { DeadLetterMessage } from '../../../handlers/shared/redrive/dead-letter-message';
import { sampleAws } from '../console/sample-console';

type BeforeWrite = (item: OrderItem) => void;

/** Tables, dead-letter queues and files in memory. */
export class FakeAccount {
  readonly tables = new Map<string, Attributes[]>();
  readonly queues = new Map<string, DeadLetterMessage[]>();
  readonly files: (ObjectVersion & { readonly content: Buffer })[] = [];
  private readonly received = new Set<string>();
  /** Is called before a write of an order, such as to write it first. */
  beforeWrite: BeforeWrite;
  readonly erasure: ErasureAws = {
    scan: (table) => this.pagesOf(table),
    orders: (table) => ({
      load: async (orderId) => this.order(table, orderId),
      write: async (item) => {
        this.beforeWrite(item);
        const current = this.order(table, item.orderId);
        if (current?.revision !== item.revision - 1) return { written: false, current };
        this.replace(table, ({ orderId }) => orderId.S === item.orderId, toAttributes(item));
        return { written: true };
      },
    }),
    update: async (table, keys, before, after) => {
      const isSame = (item: Attributes) => keys.every((key) => isDeepStrictEqual(item[key], before[key]));
      const changed = Object.keys({ ...before, ...after }).filter((name) => !isDeepStrictEqual(before[name], after[name]));
      if (changed.some((name) => keys.includes(name))) throw new Error(`the update changes a key: ${changed.join(', ')}`);
      const current = this.table(table).find(isSame);
      if (!current || changed.some((name) => !isDeepStrictEqual(current[name], before[name]))) return false;
      const entries = Object.entries({ ...current, ...after }).filter(([name]) => name in after || !changed.includes(name));
      this.replace(table, isSame, Object.fromEntries(entries));
      return true;
    },
    put: async (table, item) => this.table(table).push(item),
    deleteMessage: async (url, receiptHandle) => {
      this.queues.set(url, this.queues.get(url)!.filter((message) => message.receiptHandle !== receiptHandle));
    },
    listVersions: (_, prefix) => this.versions(prefix),
    readVersion: async (_, { key, versionId }) => {
      const { content } = this.files.find((file) => file.key === key && file.versionId === versionId)!;
      // Words are in two chunks.
      return (async function* () {
        for (let at = 0; at < content.length; at += 3) yield content.subarray(at, at + 3);
      })();
    },
    deleteVersion: async (_, { key, versionId }) => {
      this.files.splice(this.files.findIndex((file) => file.key === key && file.versionId === versionId), 1);
    },
  };

  readonly console = sampleAws({
    deadLetterQueues: {
      count: async (url) => ({ visible: this.queues.get(url)?.length ?? 0, inFlight: 0 }),
      receive: async (url) => {
        const batch = (this.queues.get(url) ?? []).filter(({ id }) => !this.received.has(id)).slice(0, 10);
        for (const { id } of batch) this.received.add(id);
        return batch;
      },
      release: async (_, handles) => {
        for (const handle of handles) this.received.delete(handle);
      },
    },
  });

  constructor() {
    this.beforeWrite = () => undefined;
  }

  /** The items of the table with a label, such as `OrdersTable`. */
  table(label: string): Attributes[] {
    const name = [...this.tables.keys()].find((each) => each.includes(label)) ?? label;
    if (!this.tables.has(name)) this.tables.set(name, []);
    return this.tables.get(name)!;
  }

  add(label: string, ...items: readonly object[]): void {
    this.table(label).push(...items.map(toAttributes));
  }

  send(queue: string, body: unknown, group?: string): void {
    const messages = this.queues.get(queue) ?? [];
    this.queues.set(queue, messages);
    const id = `${queue}-${messages.length}`;
    messages.push({ id, receiptHandle: id, body: typeof body === 'string' ? body : JSON.stringify(body), sentAt: 0, receiveCount: 3, attributes: {}, ...(group ? { group } : {}) });
  }

  upload(key: string, text: string, versionId = '1'): void {
    this.files.push({ key, versionId, bytes: text.length, content: key.endsWith('.gz') ? gzipSync(text) : Buffer.from(text) });
  }

  /** Everything that is stored, with contents that were compressed. */
  everything(): string {
    const tables = [...this.tables].filter(([, items]) => items.length > 0).map(([name, items]) => items.map((item) => (name.includes('History') ? fromHistoryItem(item) : fromAttributes(item))));
    return JSON.stringify([tables, [...this.queues.values()], this.files.map(({ key, content }) => [key, content.toString()])]);
  }

  order(table: string, orderId: string): OrderItem | undefined {
    const item = this.table(table).find((each) => each.orderId.S === orderId);
    return item && fromAttributes(item) as unknown as OrderItem;
  }

  private replace(table: string, isItem: (item: Attributes) => boolean, item: Attributes): void {
    const items = this.table(table);
    items[items.findIndex(isItem)] = item;
  }

  private async* pagesOf(table: string): AsyncGenerator<readonly Attributes[]> {
    const items = [...this.table(table)];
    for (let at = 0; at < items.length; at += 2) yield items.slice(at, at + 2);
  }

  private async* versions(prefix: string): AsyncGenerator<readonly ObjectVersion[]> {
    yield this.files.filter(({ key }) => key.startsWith(prefix)).map(({ content, ...version }) => version);
  }
}
