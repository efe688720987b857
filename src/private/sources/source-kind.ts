import type { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions } from '../../options';
import type { OrderSourceNaming } from '../../order-source-options';
import type { PartAlarm } from '../pipeline-part';
import type { QueueWithDeadLetterQueue } from '../queue-with-dead-letter-queue';
import type { ValidationError } from '../validate';

/** The queues of a source. */
export interface SourceQueues {
  readonly deadLetterQueue: Queue;
  /** The queue of a topic. */
  readonly own?: QueueWithDeadLetterQueue;
}

/** What a source is connected to. */
export interface SourceTarget extends SourceQueues {
  readonly scope: Construct;
  readonly handler: LambdaFunction;
  /** For texts and metrics. */
  readonly name: string;
}

/** What monitoring and redrive need of a connected source. */
export interface ConnectedSource {
  /** The queue to which dead letters are redriven. Those of streams and brokers are redriven by an invocation of the handler. */
  readonly queue?: IQueue;
  readonly alarms?: readonly PartAlarm[];
}

/** A kind of source with its options. */
export interface SourceKind {
  readonly defaultName: string;
  readonly options: OrderSourceNaming & HandlerOptions;
  readonly defaultTimeout: Duration;
  readonly hasHeaders: boolean;
  /** Validates the source. `prefix` is the path to its options in messages. */
  validate(scope: Construct, prefix: string): ValidationError[];
  /** Creates the queues. `id` is that of the dead-letter queue: monitoring needs it to be unique among all parts. */
  createQueues(scope: Construct, id: string, common: CommonOptions): SourceQueues;
  /** Connects the source to the handler: event source mapping, permissions and environment variables. */
  connect(target: SourceTarget): ConnectedSource;
}
