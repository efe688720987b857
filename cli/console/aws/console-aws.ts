import type { Readable } from 'node:stream';
import type { JsonRequest } from './json-service';
import type { DeadLetterQueues } from '../../../handlers/shared/redrive/dead-letter-queues';
import type { QueueStatus } from '../console-api';

/** A page of a table: its items as plain values. */
export interface TablePage {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next?: Readonly<Record<string, unknown>>;
}

/** A message for a FIFO queue. */
export interface MessageToSend {
  readonly body: string;
  readonly group: string;
  readonly deduplicationId: string;
}

/** Numbers by the names of functions or queues. A name without data is left out. */
type Metric = (names: readonly string[]) => Promise<Readonly<Record<string, number>>>;

/** Metrics of CloudWatch. */
export interface ConsoleMetrics {
  /** The errors of functions in the last five minutes. */
  readonly functionErrors: Metric;
  /** The age of the oldest message of queues, in seconds. */
  readonly oldestMessageAges: Metric;
}

/** The AWS calls of the console. All of them have the credentials of the operator. */
export interface ConsoleAws {
  /** The region of the clients. */
  readonly region: () => Promise<string>;
  /** Who the operator is: the ARN of their credentials. */
  readonly identity: () => Promise<string>;
  readonly queueStatus: (url: string) => Promise<QueueStatus>;
  readonly deadLetterQueues: DeadLetterQueues;
  readonly sendMessage: (url: string, message: MessageToSend) => Promise<unknown>;
  /** Publishes an event. It throws an error if the bus does not accept it. */
  readonly publish: (bus: string, event: { readonly source: string; readonly type: string; readonly detail: object }) => Promise<void>;
  /** Scans a table page by page. */
  readonly scan: (table: string, attributes: readonly string[], start?: TablePage['next']) => Promise<TablePage>;
  /** Reads items by their keys, 100 at most. */
  readonly batchGet: (table: string, keys: readonly Readonly<Record<string, unknown>>[]) => Promise<TablePage['items']>;
  /** The ARN of the stream of a table, if it has one. */
  readonly streamArn: (table: string) => Promise<string | undefined>;
  readonly streams: JsonRequest;
  /** Undefined where CloudWatch is not available. */
  readonly metrics?: ConsoleMetrics;
  readonly upload: (bucket: string, key: string, body: Readable, size: number) => Promise<unknown>;
  readonly download: (bucket: string, key: string) => Promise<Readable>;
  readonly environment: (functionName: string) => Promise<Readonly<Record<string, string>>>;
  readonly setEnvironment: (functionName: string, variables: Readonly<Record<string, string>>) => Promise<unknown>;
}
