import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StreamPrefixes } from './prefixes';
import { NAMED_QUERIES } from './query-text';

export interface NamedQueriesProps {
  readonly bucket: IBucket;
  readonly prefixes: StreamPrefixes;
  readonly databaseName: string;
  readonly workGroupName: string;
  readonly encryptionKey?: IKey;
}

/** An Athena workgroup with the named queries of the events. Its results are in the bucket. */
export class NamedQueries extends Construct {
  public readonly workGroupName: string;

  constructor(scope: Construct, id: string, { bucket, prefixes, databaseName, workGroupName, encryptionKey }: NamedQueriesProps) {
    super(scope, id);
    const workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: workGroupName,
      description: 'Queries of order events',
      // Named queries would prevent the deletion.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: bucket.s3UrlForObject(prefixes.results),
          encryptionConfiguration: encryptionKey ? { encryptionOption: 'SSE_KMS', kmsKey: encryptionKey.keyArn } : { encryptionOption: 'SSE_S3' },
        },
      },
    });
    this.workGroupName = workGroup.ref;
    for (const [queryId, { name, description, sql }] of Object.entries(NAMED_QUERIES)) {
      const query = new CfnNamedQuery(this, queryId, { name, description, database: databaseName, queryString: sql, workGroup: workGroup.ref });
      query.node.addDependency(workGroup);
    }
  }
}
