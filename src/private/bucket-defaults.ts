import { RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, BucketEncryption, type BucketProps, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { removalPolicyOf } from './removal';
import type { CommonOptions } from '../options';

/** Options of a bucket that holds orders. */
export interface BucketDefaultsOptions extends Pick<CommonOptions, 'encryptionKey' | 'removalPolicy'> {
  /** Whether the bucket is emptied when its stack is deleted. True by default where that deletes the bucket. */
  readonly autoDeleteObjects?: boolean;
  /** Receives the server access logs of the bucket. */
  readonly serverAccessLogsBucket?: IBucket;
}

/** What all buckets have in common: they are private, encrypted and accept TLS only. */
export function bucketDefaults(scope: Construct, { encryptionKey, serverAccessLogsBucket, ...props }: BucketDefaultsOptions) {
  const removalPolicy = removalPolicyOf(props);
  return {
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    ...(serverAccessLogsBucket ? { serverAccessLogsBucket, serverAccessLogsPrefix: `${scope.node.path}/` } : {}),
    removalPolicy,
    autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY && (props.autoDeleteObjects ?? true),
  } satisfies BucketProps;
}
