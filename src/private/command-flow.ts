import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { CommonOptions, EventAcceptanceOptions, OrderRetentionOptions, QueueConsumerOptions } from '../options';
import type { ConfirmationOptions } from '../order-confirmation';
import { BundledFunction } from './bundled-function';
import type { PipelineEvents } from './claimed-events';
import { constructIdOf } from './construct-id-of';
import type { EventType, HandlerName } from './contract';
import { grantAssignSequence, grantPutEventsToHandler, grantSendMessages, grantOrdersTableAccess } from './grants';
import { lifecycleSettings } from './lifecycle-settings';
import { acceptedEvents } from './pipeline-events';
import { QueueWithDeadLetterQueue } from './queue-with-dead-letter-queue';
import { routeEvents } from './route-events';

export interface CommandFlowProps extends CommonOptions, OrderRetentionOptions, EventAcceptanceOptions, ConfirmationOptions {
  readonly events: PipelineEvents;
  readonly ordersTable: ITableV2;
  readonly sequenceTable: ITableV2;
  /** Options of the queue and its consumer. */
  readonly consumer?: QueueConsumerOptions;
  readonly handler: HandlerName;
  readonly description: string;
  /** The events that the flow consumes. */
  readonly eventTypes: readonly EventType[];
}

/** A flow of one type of command: bus → queue → handler → orders table. */
export class CommandFlow {
  public readonly queue: Queue;
  public readonly deadLetterQueue: Queue;
  public readonly consumer: LambdaFunction;

  constructor(scope: Construct, name: string, props: CommandFlowProps) {
    const { encryptionKey, removalPolicy } = props;
    const queue = new QueueWithDeadLetterQueue(scope, name, { ...props.consumer, fifo: false, encryptionKey, removalPolicy });
    [this.queue, this.deadLetterQueue] = [queue.queue, queue.deadLetterQueue];

    const { handler, description } = props;
    this.consumer = new BundledFunction(scope, constructIdOf(handler), {
      ...props, ...props.consumer, handler, description, environment: lifecycleSettings(props),
    });
    grantOrdersTableAccess(this.consumer, props.ordersTable, ['dynamodb:GetItem', 'dynamodb:PutItem']);
    grantAssignSequence(this.consumer, props.sequenceTable);
    grantPutEventsToHandler(this.consumer, props.events);
    grantSendMessages(this.consumer, this.deadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.consumer);
    routeEvents(scope, `${name}Events`, props.events.eventBus, queue, { ...acceptedEvents(props.events, props), detailType: [...props.eventTypes] });
  }
}
