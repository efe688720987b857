import { Duration } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { StreamPrefixes } from './prefixes';
import type { OrderStreamOptions } from '../../order-stream-options';
import { acknowledge } from '../acknowledge';
import { bucketDefaults, type BucketDefaultsOptions } from '../bucket-defaults';

/** Retention of the results of queries, which Athena can compute again. */
const RESULT_RETENTION = Duration.days(30);

type Props = BucketDefaultsOptions & Pick<OrderStreamOptions, 'eventRetention'>;

/** The bucket of events: private, encrypted, TLS only. Objects are written once, so it has no versions. */
export class EventsBucket extends Bucket {
  constructor(scope: Construct, id: string, props: Props, { events, errors, results }: StreamPrefixes) {
    super(scope, id, {
      ...bucketDefaults(scope, props),
      lifecycleRules: [
        ...(props.eventRetention ? [{ id: 'Events', prefix: events, expiration: props.eventRetention }, { id: 'Errors', prefix: errors, expiration: props.eventRetention }] : []),
        { id: 'Results', prefix: results, expiration: RESULT_RETENTION },
        { id: 'Leftovers', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    if (props.serverAccessLogsBucket) return;
    acknowledge(this, [{ id: 'AwsSolutions-S1', reason: 'Only Firehose writes to the bucket; CloudTrail data events record other accesses.' }]);
  }
}
