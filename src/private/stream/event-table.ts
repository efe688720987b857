import { Aws, Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DAY_PARTITION, type StreamPrefixes } from './prefixes';
import { EVENT_COLUMN, EVENT_TABLE_NAME } from './query-text';

export interface EventTableProps {
  readonly bucket: IBucket;
  readonly prefixes: StreamPrefixes;
  readonly databaseName: string;
}

/**
 * The Glue database and table of the events in a bucket: one column with the text of an event, and the day of its arrival. Partitions follow from
 * the keys of the objects, so there is no crawler.
 */
export class EventTable extends Construct {
  public readonly databaseName: string;

  constructor(scope: Construct, id: string, { bucket, prefixes, databaseName }: EventTableProps) {
    super(scope, id);
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: databaseName, description: `Order events of ${Stack.of(this).stackName}` },
    });
    this.databaseName = database.ref;
    const location = `${bucket.s3UrlForObject(prefixes.events)}`;
    new CfnTable(this, 'Table', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: database.ref,
      tableInput: {
        name: EVENT_TABLE_NAME,
        description: 'Order events, one JSON text each, by the day of their arrival in UTC',
        tableType: 'EXTERNAL_TABLE',
        parameters: { EXTERNAL: 'TRUE', classification: 'json', ...projectionOf(location) },
        partitionKeys: [{ name: DAY_PARTITION, type: 'string', comment: 'The day of arrival in UTC, such as 2026-11-27' }],
        storageDescriptor: {
          location,
          columns: [{ name: EVENT_COLUMN, type: 'string', comment: 'The event as JSON, with eventId, partitionKey, occurredAt and acceptedAt' }],
          compressed: true,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: {
            // Its delimiter, U+0001, is escaped in JSON, so that a line is one column.
            serializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
            parameters: { 'serialization.format': '1' },
          },
        },
      },
    });
  }
}

/** Athena computes the partitions from these parameters. No stream has events before the first of them. */
const projectionOf = (location: string): Record<string, string> => ({
  'projection.enabled': 'true',
  [`projection.${DAY_PARTITION}.type`]: 'date',
  [`projection.${DAY_PARTITION}.format`]: 'yyyy-MM-dd',
  [`projection.${DAY_PARTITION}.range`]: '2026-01-01,NOW',
  [`projection.${DAY_PARTITION}.interval`]: '1',
  [`projection.${DAY_PARTITION}.interval.unit`]: 'DAYS',
  'storage.location.template': `${location}${DAY_PARTITION}=\${${DAY_PARTITION}}/`,
});
