import type { KinesisStreamRecord, MSKEvent, SelfManagedKafkaEvent, SQSRecord } from 'aws-lambda';
import type { SourceRecord } from './source-record';

/** A batch of Amazon MSK or of a self-managed Kafka. */
export type KafkaEvent = Pick<MSKEvent | SelfManagedKafkaEvent, 'records'>;

/** A header of a RabbitMQ message: text as its bytes, other values as they are. */
export type RabbitMqHeader = { readonly bytes: readonly number[] } | string | number | boolean | null;

/** A message of RabbitMQ. */
export interface RabbitMqMessage {
  readonly basicProperties: {
    readonly headers?: Readonly<Record<string, RabbitMqHeader>> | null;
    readonly messageId?: string | null;
    readonly timestamp?: string | number | null;
  };
  readonly redelivered: boolean;
  readonly data: string;
}

/** A batch of RabbitMQ. The keys are `<queue>::<virtual host>`. */
export interface RabbitMqEvent {
  readonly rmqMessagesByQueue: Readonly<Record<string, readonly RabbitMqMessage[]>>;
}

/** A message of ActiveMQ. */
export interface ActiveMqMessage {
  readonly messageID: string;
  readonly messageType: string;
  readonly data?: string | null;
  readonly destination?: { readonly physicalName?: string };
  readonly properties?: Readonly<Record<string, unknown>> | null;
}

/** A batch of ActiveMQ. */
export interface ActiveMqEvent {
  readonly messages: readonly ActiveMqMessage[];
}

/** A record that was redriven from the dead-letter queue. */
export interface RedrivenRecord {
  readonly sourceRecord: object;
}

/** Everything that an event source can send to `receive-source-orders`. */
export type SourceEvent =
  | KafkaEvent | RabbitMqEvent | ActiveMqEvent
  | { readonly Records: readonly SQSRecord[] } | { readonly Records: readonly KinesisStreamRecord[] }
  | { readonly Records: readonly RedrivenRecord[] };

/** A record of a batch, together with what Lambda calls it. */
export interface IdentifiedRecord extends SourceRecord {
  readonly itemIdentifier: string;
}
