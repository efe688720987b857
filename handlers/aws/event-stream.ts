import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { StreamRecord } from '#shared';
import { clientConfig } from './client-config';

const kinesis = new KinesisClient(clientConfig());

/** Creates the function that puts records into one stream. */
export const recordPutter = (StreamName: string) => ({ partitionKey, data }: StreamRecord) =>
  kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: partitionKey, Data: Buffer.from(data) }));
