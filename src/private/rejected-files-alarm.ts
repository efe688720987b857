import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { outcomeMetric } from './monitoring/metrics';
import type { PartAlarm } from './pipeline-part';

/** The alarm for rejected files. */
export const rejectedFilesAlarm = (bucket: IBucket, validateFileFunction: LambdaFunction): PartAlarm => ({
  kind: 'rejectedFiles',
  id: 'RejectedFiles',
  metric: (period, service) => outcomeMetric(service, 'FileRejected', { period }),
  description: `A file in the bucket ${bucket.bucketName} was rejected, and none of its orders were sent. The reason is in the alert, in OrderFileRejected on the bus and in `
    + 'GET /files?state=REJECTED, the report under reports/. Upload a corrected file. '
    + `The log group of validate-file is ${validateFileFunction.logGroup.logGroupName}.`,
});
