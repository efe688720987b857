import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { OrderStreamConsumer } from '../../order-stream-consumer';
import type { AppConsumer, PartAlarm, PartGraph } from '../pipeline-part';

const FRESHNESS = 'DeliveryToS3.DataFreshness';

/** The alarm for events that Firehose does not write to the bucket. */
export const delayedDeliveryAlarm = (deliveryStream: IDeliveryStream, bucket: IBucket): PartAlarm => ({
  kind: 'delayedStreamDelivery',
  id: 'StreamDeliveryDelayed',
  metric: (period) => deliveryStream.metric(FRESHNESS, { statistic: Stats.MAXIMUM, period }),
  description: `Events are missing in the bucket ${bucket.bucketName}: Firehose (${deliveryStream.deliveryStreamName}) does not write them. Orders and consumers of the stream are not `
    + 'affected. Check the role of the delivery stream, the bucket policy and the key policy. Events leave the stream at the end of its retention.',
});

/** The graph of the age of events that are not in the bucket. */
export const delayedDeliveryGraph = (deliveryStream: IDeliveryStream): PartGraph => ({
  section: 'Functions',
  title: 'Age of streamed events that are not in the bucket (s)',
  lines: [deliveryStream.metric(FRESHNESS, { statistic: Stats.MAXIMUM, period: Duration.minutes(5), label: 'oldest event' })],
});

/** The description of a consumer for monitoring. */
export const appConsumerOf = (consumer: OrderStreamConsumer): AppConsumer => ({
  id: consumer.node.id,
  deadLetterQueue: consumer.deadLetterQueue,
  deadLetters: `${consumer.node.path} (function ${consumer.consumerFunction.functionName}) did not process events of the stream. The messages have their position in the stream only`,
  resolution: 'Fix the function, replay the days of the events with "npx cdk-order-pipeline replay-stream", and purge the queue.',
  alarms: [{
    kind: 'delayedStreamConsumers',
    id: `${consumer.node.id}Delayed`,
    metric: (period) => consumer.metricIteratorAge({ period }),
    description: `${consumer.node.path} (function ${consumer.consumerFunction.functionName}) processes events late. Orders and other consumers are not affected. Check the errors, the `
      + 'throttles and the duration of the function. Events that it does not process for `maxRecordAge` go to its dead-letter queue.',
  }],
});
