import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { StreamPrefixes } from './prefixes';
import type { CommonOptions } from '../../options';
import type { OrderStreamOptions } from '../../order-stream-options';
import { acknowledge } from '../acknowledge';
import { removalPolicyOf } from '../removal';

/** Retention of the results of queries, which Athena can compute again. */
const RESULT_RETENTION = Duration.days(30);

type Props = Pick<CommonOptions, 'encryptionKey' | 'removalPolicy'> & Pick<OrderStreamOptions, 'eventRetention' | 'autoDeleteObjects'>;

/** The bucket of events: private, encrypted, TLS only. Objects are written once, so it has no versions. */
export class EventsBucket extends Bucket {
  constructor(scope: Construct, id: string, { encryptionKey, ...props }: Props, { events, errors, results }: StreamPrefixes) {
    super(scope, id, {
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      ...(encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      removalPolicy: removalPolicyOf(props),
      autoDeleteObjects: removalPolicyOf(props) === RemovalPolicy.DESTROY && (props.autoDeleteObjects ?? true),
      lifecycleRules: [
        ...(props.eventRetention ? [{ id: 'Events', prefix: events, expiration: props.eventRetention }, { id: 'Errors', prefix: errors, expiration: props.eventRetention }] : []),
        { id: 'Results', prefix: results, expiration: RESULT_RETENTION },
        { id: 'Leftovers', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    acknowledge(this, [{ id: 'AwsSolutions-S1', reason: 'Only Firehose writes to the bucket; CloudTrail data events record other accesses.' }]);
  }
}
