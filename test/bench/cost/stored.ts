import { nameOf, type TemplatePipeline } from './pipeline-template';
import type { PriceKey } from './prices';
import { gigabytes, sizeOf } from './sizes';
import { addUsage, type Usage } from './usage';
import type { Workload } from './workload';
import { entryOf } from './write-units';
import type { Account } from '../../simulation/account';
import { START_TIME } from '../../simulation/clock';
import type { Table } from '../../simulation/dynamodb';
import type { Item } from '../../support/dynamodb-expressions';

/** What is stored of an order, and for how long. */
export interface Stored {
  readonly name: string;
  readonly bytes: number;
  /** Infinity where nothing deletes it. */
  readonly months: number;
  /** The prices of a GB for a month that apply to it. */
  readonly prices: readonly PriceKey[];
}

const DAYS_OF_MONTH = 365 / 12;
const DAY_MS = 86_400_000;
/** DynamoDB adds so many bytes to each item, and to each entry of an index. */
const ITEM_OVERHEAD = 100;
/** CloudWatch Logs stores about so much of the bytes that it receives: they are compressed. */
export const LOG_COMPRESSION = 0.15;

interface Run {
  readonly pipeline: TemplatePipeline;
  readonly account: Account;
  readonly workload: Workload;
  /** Of an order. */
  readonly usage: Usage;
}

/** What an order leaves behind. */
export const storedOf = (run: Run): Stored[] => [
  ...Object.values(run.account.tables).flatMap((table) => inTable(table, run)),
  ...inLogs(run),
  ...inArchive(run),
  ...inBucket(run),
].filter(({ bytes }) => bytes > 0);

/** The items of a table by the time after which they expire. Backups hold the table with its local indexes. */
function inTable({ name, items, settings }: Table, { pipeline, workload: { orders } }: Run): Stored[] {
  const isBackedUp = backedUp(pipeline).has(name);
  const { timeToLive } = settings;
  const byMonths = Map.groupBy<number, Item>([...items.values()], (item) => monthsOf(timeToLive === undefined ? undefined : item[timeToLive]));
  return [...byMonths].flatMap(([months, group]) => {
    const bytesIn = (indexes: typeof settings.indexes): number =>
      total(group.flatMap((item) => Object.values(indexes).map((index) => entryOf(item, settings, index))).filter((entry) => entry !== undefined));
    const table = total(group) + bytesIn(settings.localIndexes);
    const indexes = bytesIn(settings.indexes);
    return [
      { name, bytes: table / orders, months, prices: isBackedUp ? ['tableGbMonths', 'backupGbMonths'] as const : ['tableGbMonths'] as const },
      { name: `${name}, indexes`, bytes: indexes / orders, months, prices: ['tableGbMonths'] as const },
    ];
  });
}

/** The bytes for which DynamoDB bills items or entries. */
const total = (items: readonly object[]): number => items.reduce((bytes: number, item) => bytes + sizeOf(item) + ITEM_OVERHEAD, 0);

/** Rounded to days, so that items of the same kind have the same time. */
const monthsOf = (expiresAt: unknown): number =>
  (typeof expiresAt === 'number' ? Math.round((expiresAt * 1000 - START_TIME) / DAY_MS) / DAYS_OF_MONTH : Infinity);

const resourcesOf = ({ template }: TemplatePipeline, type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type);

/** The names of the tables with point-in-time recovery. */
const backedUp = (pipeline: TemplatePipeline): Set<string> => new Set(resourcesOf(pipeline, 'AWS::DynamoDB::GlobalTable')
  .filter(({ Properties }) => Properties.Replicas.some((replica: Replica) => replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled))
  .map(({ Metadata }) => nameOf(Metadata!['aws:cdk:path']!)));

interface Replica {
  readonly PointInTimeRecoverySpecification?: { readonly PointInTimeRecoveryEnabled?: boolean };
}

const monthsOfDays = (days: number | undefined): number => (days === undefined || days === 0 ? Infinity : days / DAYS_OF_MONTH);

const GIGABYTE = 1 / gigabytes(1);

/** All log groups of a pipeline have the same retention. */
function inLogs({ pipeline, usage: { logGb = 0 } }: Run): Stored[] {
  const [group] = resourcesOf(pipeline, 'AWS::Logs::LogGroup');
  return [{ name: 'logs', bytes: logGb * GIGABYTE * LOG_COMPRESSION, months: monthsOfDays(group?.Properties?.RetentionInDays), prices: ['logGbMonths'] }];
}

const inArchive = ({ pipeline, usage: { archivedGb = 0 } }: Run): Stored[] => resourcesOf(pipeline, 'AWS::Events::Archive')
  .map(({ Properties }) => ({ name: 'archive', bytes: archivedGb * GIGABYTE, months: monthsOfDays(Properties.RetentionDays), prices: ['archiveGbMonths'] }));

/** Files; reports are small. */
function inBucket({ pipeline, workload: { channel, orderBytes } }: Run): Stored[] {
  if (channel !== 'file') return [];
  const rules = resourcesOf(pipeline, 'AWS::S3::Bucket').flatMap(({ Properties }) => (Properties.LifecycleConfiguration?.Rules ?? []) as readonly LifecycleRule[]);
  const days = rules.find(({ Prefix, ExpirationInDays }) => Prefix === 'incoming/' && ExpirationInDays !== undefined)?.ExpirationInDays;
  const versions = rules.find(({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration)?.NoncurrentVersionExpiration?.NoncurrentDays ?? 0;
  return [{ name: 'files', bytes: orderBytes + 1, months: monthsOfDays(days === undefined ? undefined : days + versions), prices: ['s3GbMonths'] }];
}

interface LifecycleRule {
  readonly Prefix?: string;
  readonly ExpirationInDays?: number;
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays?: number };
}

/** The usage of storage in one month, from 1, when so many orders arrive evenly in each month. */
export const storageIn = (month: number, ordersPerMonth: number, stored: readonly Stored[]): Usage =>
  addUsage(...stored.map(({ bytes, months, prices }) => {
    const gbMonths = gigabytes(bytes) * ordersPerMonth * (accrued(month, months) - accrued(month - 1, months));
    return Object.fromEntries(prices.map((price) => [price, gbMonths]));
  }));

/** What orders that arrive evenly, one in a month, have used after some time: it grows until the first are deleted, and is the same from then on. */
const accrued = (time: number, lifetime: number): number => (time <= lifetime ? time ** 2 / 2 : lifetime ** 2 / 2 + lifetime * (time - lifetime));
