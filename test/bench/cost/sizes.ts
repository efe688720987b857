import { marshall } from '@aws-sdk/util-dynamodb';
import { itemSize } from '../../../handlers/aws/item-size';

const KB = 1024;

/** SQS, SNS and EventBridge count requests and events by chunks of 64 KB. */
export const chunksOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / (64 * KB)));

/** The size of an item as DynamoDB counts it. */
export const sizeOf = (item: object): number => itemSize(marshall(item, { removeUndefinedValues: true }));

export const writeUnitsFor = (bytes: number): number => Math.max(1, Math.ceil(bytes / KB));

/** The units of a consistent read. */
export const readUnitsFor = (bytes: number): number => Math.max(1, Math.ceil(bytes / (4 * KB)));

export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** AWS bills by 2^30 bytes. */
export const gigabytes = (bytes: number): number => bytes / KB ** 3;
