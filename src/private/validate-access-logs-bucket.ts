import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { notTogether, type ValidationError } from './validate';
import { sameEnvironment } from './validate-environment';

interface Buckets {
  readonly bucket?: IBucket;
  readonly serverAccessLogsBucket?: IBucket;
}

/** Validates the bucket for server access logs. `prefix` is that of the props, such as `stream.`. */
export const validateAccessLogsBucket = (scope: Construct, { bucket, serverAccessLogsBucket }: Buckets, prefix = ''): ValidationError[] => [
  notTogether(`${prefix}bucket`, bucket, `${prefix}serverAccessLogsBucket`, serverAccessLogsBucket),
  sameEnvironment(`${prefix}serverAccessLogsBucket`, scope, serverAccessLogsBucket, 'account and region', 'S3 writes logs only within them; use a bucket of the stack'),
];
