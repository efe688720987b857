import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { CommonOptions, OrderRetentionOptions, QueueConsumerOptions } from '../options';
import { BundledFunction } from './bundled-function';
import { constructIdOf } from './construct-id-of';
import { DEFAULT_EVENT_SOURCE, type EventType, type HandlerName } from './contract';
import { grantAssignSequence, grantPutEventsToHandler, grantSendMessages, grantOrdersTableAccess } from './grants';
import { lifecycleSettings } from './lifecycle-settings';
import { QueueWithDeadLetterQueue } from './queue-with-dead-letter-queue';
import { routeEvents } from './route-events';

export interface CommandFlowProps extends CommonOptions, OrderRetentionOptions {
  readonly eventBus: IEventBus;
  readonly ordersTable: ITableV2;
  readonly sequenceTable: ITableV2;
  /** Options of the queue and its consumer. */
  readonly consumer?: QueueConsumerOptions;
  readonly handler: HandlerName;
  readonly description: string;
  /** The event that the flow consumes. */
  readonly eventType: EventType;
}

/** A flow of one type of command: bus → queue → handler → orders table. */
export class CommandFlow {
  public readonly queue: Queue;
  public readonly deadLetterQueue: Queue;
  public readonly consumer: LambdaFunction;

  constructor(scope: Construct, name: string, props: CommandFlowProps) {
    const eventSource = props.eventSource ?? DEFAULT_EVENT_SOURCE;
    const queue = new QueueWithDeadLetterQueue(scope, name, { ...props.consumer, fifo: false, encryptionKey: props.encryptionKey });
    [this.queue, this.deadLetterQueue] = [queue.queue, queue.deadLetterQueue];

    const { handler, description } = props;
    this.consumer = new BundledFunction(scope, constructIdOf(handler), {
      ...props, ...props.consumer, handler, description, environment: lifecycleSettings(props),
    });
    grantOrdersTableAccess(this.consumer, props.ordersTable, ['dynamodb:GetItem', 'dynamodb:PutItem']);
    grantAssignSequence(this.consumer, props.sequenceTable);
    grantPutEventsToHandler(this.consumer, props.eventBus, eventSource);
    grantSendMessages(this.consumer, this.deadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.consumer);
    routeEvents(scope, `${name}Events`, props.eventBus, queue, { source: [eventSource], detailType: [props.eventType] });
  }
}
