import { Duration } from 'aws-cdk-lib';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { delayedRecordsAlarm } from './source-alarms';
import type { ConnectedSource, SourceKind, SourceTarget } from './source-kind';
import { addMapping, BATCH_SIZE, failureDestination, validateBatchSize, validateStartingPosition } from './source-mapping';
import type { CommonOptions } from '../../options';
import type { KinesisSourceOptions } from '../../order-source-options';
import { createDeadLetterQueue } from '../queue-with-dead-letter-queue';
import type { ValidationError } from '../validate';
import { validateHandler } from '../validate-consumer';
import { sameEnvironment } from '../validate-environment';

/** A Kinesis stream. */
export class KinesisSource implements SourceKind {
  public readonly defaultName = 'kinesis';
  public readonly defaultTimeout = Duration.minutes(5);
  public readonly hasHeaders = false;

  constructor(private readonly stream: IStream, public readonly options: KinesisSourceOptions) {}

  public validate(scope: Construct, prefix: string): ValidationError[] {
    const { batchSize, startingPosition } = this.options;
    return [
      ...validateHandler(prefix.slice(0, -1), this.options),
      validateBatchSize(prefix, batchSize),
      validateStartingPosition(prefix, startingPosition),
      sameEnvironment(`${prefix}stream`, scope, this.stream, 'region', 'create the pipeline where the stream is'),
    ];
  }

  public createQueues = (scope: Construct, id: string, common: CommonOptions) =>
    ({ deadLetterQueue: createDeadLetterQueue(scope, id, sameAs(common)) });

  public connect(target: SourceTarget): ConnectedSource {
    const { batchSize = BATCH_SIZE, startingPosition = StartingPosition.TRIM_HORIZON } = this.options;
    this.stream.grant(target.handler, 'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards');
    this.stream.encryptionKey?.grantDecrypt(target.handler);
    addMapping(target, {
      eventSourceArn: this.stream.streamArn,
      startingPosition,
      batchSize,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ['ReportBatchItemFailures'],
      ...failureDestination(target),
    });
    return { alarms: [delayedRecordsAlarm(target)] };
  }
}

/** What a dead-letter queue has in common with the rest of the pipeline. */
export const sameAs = ({ encryptionKey, removalPolicy }: CommonOptions) => ({ encryptionKey, removalPolicy });
