import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { Grant, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import { CfnDeliveryStream, DeliveryStream, type IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogStream } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DAY_PARTITION, type StreamPrefixes } from './prefixes';
import type { CommonOptions } from '../../options';
import type { OrderStreamOptions } from '../../order-stream-options';
import { acknowledge } from '../acknowledge';
import { createLogGroup } from '../log-group';

export interface EventDeliveryProps extends Pick<CommonOptions, 'logRetention' | 'encryptionKey'>, Pick<OrderStreamOptions, 'bufferingInterval' | 'bufferingSize'> {
  readonly dataStream: IStream;
  readonly bucket: IBucket;
  readonly prefixes: StreamPrefixes;
}

/** Firehose: writes the records of a stream to a bucket, compressed, one folder for each day. */
export class EventDelivery extends Construct {
  public readonly deliveryStream: IDeliveryStream;

  constructor(scope: Construct, id: string, props: EventDeliveryProps) {
    super(scope, id);
    const { dataStream, bucket, prefixes } = props;
    const logGroup = createLogGroup(this, 'Logs', props);
    const logStream = new LogStream(this, 'LogStream', { logGroup, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('firehose.amazonaws.com') });
    grantReadStream(role, dataStream);
    grantWriteObjects(role, bucket, prefixes);
    logGroup.grant(role, 'logs:PutLogEvents');

    const resource = new CfnDeliveryStream(this, 'Resource', {
      deliveryStreamType: 'KinesisStreamAsSource',
      kinesisStreamSourceConfiguration: { kinesisStreamArn: dataStream.streamArn, roleArn: role.roleArn },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${prefixes.events}${DAY_PARTITION}=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${prefixes.errors}!{firehose:error-output-type}/${DAY_PARTITION}=!{timestamp:yyyy-MM-dd}/`,
        compressionFormat: 'GZIP',
        bufferingHints: {
          intervalInSeconds: (props.bufferingInterval ?? Duration.minutes(5)).toSeconds(),
          sizeInMBs: (props.bufferingSize ?? Size.mebibytes(64)).toMebibytes(),
        },
        cloudWatchLoggingOptions: { enabled: true, logGroupName: logGroup.logGroupName, logStreamName: logStream.logStreamName },
      },
    });
    // Firehose validates these permissions when it creates the delivery stream.
    resource.node.addDependency(role);
    acknowledgePolicy(role);
    acknowledge(resource, [{ id: 'AwsSolutions-KDF1', reason: 'Firehose stores nothing of its own when it reads a data stream, which is encrypted.' }]);
    this.deliveryStream = DeliveryStream.fromDeliveryStreamAttributes(this, 'DeliveryStream', {
      deliveryStreamArn: resource.attrArn, deliveryStreamName: resource.ref,
    });
  }
}

/** The L2 also grants what only consumers with enhanced fan-out need. */
function grantReadStream(role: Role, stream: IStream): void {
  Grant.addToPrincipal({
    grantee: role,
    actions: ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
    resourceArns: [stream.streamArn],
  });
  stream.encryptionKey?.grantDecrypt(role);
}

/** The L2 also grants to delete objects, and to read all of the bucket. */
function grantWriteObjects(role: Role, bucket: IBucket, { events, errors }: StreamPrefixes): void {
  role.addToPolicy(new PolicyStatement({ actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], resources: [bucket.bucketArn] }));
  role.addToPolicy(new PolicyStatement({
    actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
    resources: [events, errors].map((prefix) => bucket.arnForObjects(`${prefix}*`)),
  }));
  bucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
}

/** `Role.customizeRoles` creates no policy. */
function acknowledgePolicy(role: Role): void {
  const policy = role.node.tryFindChild('DefaultPolicy');
  if (!policy) return;
  acknowledge(policy, [{
    id: 'AwsSolutions-IAM5',
    reason: 'Names of objects are not known at deployment; access is limited to two prefixes of one bucket.',
    appliesTo: [{ regex: '/^Resource::.*/(events|errors)/\\*$/' }],
  }]);
}
