import type { Context, KinesisStreamRecord, MSKRecord } from 'aws-lambda';
import type { ActiveMqMessage, RabbitMqMessage } from '../../handlers/shared';

const bytesOf = (value: unknown): Buffer => {
  if (Buffer.isBuffer(value)) return value;
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
};
const base64 = (value: unknown): string => bytesOf(value).toString('base64');
const byteList = (value: string): number[] => [...Buffer.from(value)];

/** The context of an invocation with so much time left. Without any, failures are not retried within the invocation. */
export const sourceContext = (milliseconds = 0): Context => ({ getRemainingTimeInMillis: () => milliseconds }) as Context;

/** A record of a Kinesis stream, as Lambda receives it. */
export const kinesisRecord = (sequenceNumber: string, value: unknown): KinesisStreamRecord => ({
  awsRegion: 'eu-central-1',
  eventID: `shardId-000000000000:${sequenceNumber}`,
  eventName: 'aws:kinesis:record',
  eventSource: 'aws:kinesis',
  eventSourceARN: 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders',
  eventVersion: '1.0',
  invokeIdentityArn: 'arn:aws:iam::111122223333:role/role',
  kinesis: { approximateArrivalTimestamp: 1_766_000_000.5, data: base64(value), kinesisSchemaVersion: '1.0', partitionKey: 'order', sequenceNumber },
});

/** A record of Kafka, as Lambda receives it. */
export const kafkaRecord = (offset: number, value: unknown, headers: Record<string, string> = {}, partition = 0): MSKRecord => ({
  topic: 'orders',
  partition,
  offset,
  timestamp: 1_766_000_000_000,
  timestampType: 'CREATE_TIME',
  key: base64('order'),
  value: base64(value),
  headers: Object.entries(headers).map(([name, text]) => ({ [name]: byteList(text) })),
});

/** A batch of a self-managed Kafka, whose keys are partitions of topics. */
export const kafkaEvent = (...records: MSKRecord[]) => ({
  eventSource: 'SelfManagedKafka' as const,
  bootstrapServers: 'broker-1.example.com:9092',
  records: Object.fromEntries([...Map.groupBy(records, ({ topic, partition }) => `${topic}-${partition}`)]),
});

/** A message of RabbitMQ, as Lambda receives it. */
export const rabbitMqMessage = (messageId: string | null, value: unknown, headers: Record<string, string> = {}): RabbitMqMessage => ({
  basicProperties: {
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, { bytes: byteList(text) }])), messageId, timestamp: 'Jan 1, 2026, 12:33:41 AM',
  },
  redelivered: false,
  data: base64(value),
});

/** A batch of RabbitMQ. */
export const rabbitMqEvent = (...messages: RabbitMqMessage[]) => ({
  eventSource: 'aws:rmq', eventSourceArn: 'arn:aws:mq:eu-central-1:111122223333:broker:shop:b-1', rmqMessagesByQueue: { 'orders::/': messages },
});

/** A message of ActiveMQ, as Lambda receives it. */
export const activeMqMessage = (messageID: string, value: unknown, properties: Record<string, string> = {}, messageType = 'jms/text-message'): ActiveMqMessage =>
  ({ messageID, messageType, data: base64(value), destination: { physicalName: 'orders' }, properties });

/** A batch of ActiveMQ. */
export const activeMqEvent = (...messages: ActiveMqMessage[]) =>
  ({ eventSource: 'aws:mq', eventSourceArn: 'arn:aws:mq:eu-central-1:111122223333:broker:shop:b-1', messages });
