import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { CommonOptions, EventAcceptanceOptions, QueueConsumerOptions } from './options';
import { addRoutes } from './private/api/routes';
import { apiFunction } from './private/api-function';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { EVENT_TYPE, TASK_KEYS } from './private/contract';
import { grantCompleteTasks, grantPutEventsToHandler, grantSendMessages, grantTasksTableAccess } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { acceptedEvents, pipelineEvents, warnOfEventsWithoutPipeline } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { tableDefaults } from './private/table-defaults';
import { assertProps } from './private/validate';
import { validateCommon, validateKeyRegion } from './private/validate-common';
import { validateQueueConsumer } from './private/validate-consumer';
import { grantScheduleReminders } from './private/workflow/reminders';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * Options of `OrderTasks`.
 */
export interface OrderTasksOptions extends EventAcceptanceOptions {
  /**
   * Options of the task queue and of `answer-order-task`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly answerOrderTask?: QueueConsumerOptions;
}

/**
 * Properties of `OrderTasks`.
 */
export interface OrderTasksProps extends CommonOptions, OrderTasksOptions {
  /**
   * The bus of the pipeline's events.
   */
  readonly eventBus: IEventBus;

  /**
   * The API that receives answers: `POST /orders/{orderId}/tasks/{task}`.
   *
   * @default - answers are received as events only
   */
  readonly ingest?: RealtimeOrderIngest;
}

/**
 * What workflows wait for: `OrderTaskRequested` on the bus requests an answer, and `OrderTaskAnswered` of another system, or a request to
 * `POST /orders/{orderId}/tasks/{task}`, is the answer. bus → task queue → `answer-order-task` → workflow.
 *
 * The token with which Step Functions continues a workflow stays in the table of tasks; other systems name the order and the task.
 */
export class OrderTasks extends Construct {
  /** The table of tasks. Partition key `orderId`, sort key `task`. */
  public readonly tasksTable: TableV2;

  /** The queue of answers and reminders. */
  public readonly taskQueue: Queue;

  /** The dead-letter queue of the task queue, also for events and reminders that AWS cannot deliver to it. */
  public readonly taskDeadLetterQueue: Queue;

  /** Opens tasks for workflows. */
  public readonly openOrderTaskFunction: LambdaFunction;

  /** Consumes the task queue: continues workflows, and publishes reminders. */
  public readonly answerOrderTaskFunction: LambdaFunction;

  /** Receives answers over the API. Undefined without `ingest`. */
  public readonly receiveOrderTaskAnswerFunction?: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderTasksProps) {
    super(scope, id);
    assertProps(this, [...validateCommon(props), ...validateQueueConsumer('answerOrderTask', props.answerOrderTask), validateKeyRegion(this, props.encryptionKey)]);
    restrictEventTargetsToAccount(this);
    const events = pipelineEvents(this, props);
    warnOfEventsWithoutPipeline(this, events, props);
    const { encryptionKey, removalPolicy } = props;
    if (encryptionKey) grantKeyToEventBridge(encryptionKey, this);

    this.tasksTable = new TableV2(this, 'TasksTable', {
      ...tableDefaults(props),
      partitionKey: { name: TASK_KEYS.partitionKey, type: AttributeType.STRING },
      sortKey: { name: TASK_KEYS.sortKey, type: AttributeType.STRING },
    });
    const queue = new QueueWithDeadLetterQueue(this, 'Task', { ...props.answerOrderTask, fifo: false, encryptionKey, removalPolicy });
    [this.taskQueue, this.taskDeadLetterQueue] = [queue.queue, queue.deadLetterQueue];

    this.openOrderTaskFunction = new BundledFunction(this, 'OpenOrderTask', {
      ...props, handler: 'open-order-task', description: 'Opens tasks for workflows that wait for an answer',
    });
    grantTasksTableAccess(this.openOrderTaskFunction, this.tasksTable, 'dynamodb:PutItem');
    grantPutEventsToHandler(this.openOrderTaskFunction, events);
    grantScheduleReminders(this, this.openOrderTaskFunction, queue);

    this.answerOrderTaskFunction = new BundledFunction(this, 'AnswerOrderTask', {
      ...props, ...props.answerOrderTask, handler: 'answer-order-task', description: 'Continues the workflows whose tasks other systems answer',
    });
    grantTasksTableAccess(this.answerOrderTaskFunction, this.tasksTable, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    grantPutEventsToHandler(this.answerOrderTaskFunction, events);
    grantSendMessages(this.answerOrderTaskFunction, this.taskDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.answerOrderTaskFunction);

    routeEvents(this, 'Answers', props.eventBus, queue, { ...acceptedEvents(events, props), detailType: [EVENT_TYPE.ORDER_TASK_ANSWERED] });
    if (props.ingest) this.receiveOrderTaskAnswerFunction = this.addRoute(props, props.ingest);
    describePart(this, {
      name: 'Tasks',
      serviceName: serviceNameOf(this, props),
      consumers: [{ name: 'tasks', queue: this.taskQueue, deadLetterQueue: this.taskDeadLetterQueue, function: this.answerOrderTaskFunction }],
      otherFunctions: [{ function: this.openOrderTaskFunction, afterError: 'The workflow invokes it again; after four attempts, the step fails.' }],
      apiFunctions: [this.receiveOrderTaskAnswerFunction],
      tables: [this.tasksTable],
      outcomes: [['OrderTaskRequested', 'requested'], ['OrderTaskReminded', 'reminded'], ['OrderTaskAnswered', 'answered'], ['OrderTaskAnswerLate', 'answered late']]
        .map(([metric, label]) => ({ graph: 'Tasks by outcome', metric, label })),
    });
  }

  /**
   * Grants the handlers to continue the executions of a state machine.
   *
   * @internal
   */
  public _serve(stateMachine: StateMachine, { encryptionKey }: CommonOptions): void {
    for (const handler of [this.answerOrderTaskFunction, this.receiveOrderTaskAnswerFunction]) {
      if (handler) grantCompleteTasks(handler, stateMachine, encryptionKey);
    }
  }

  private addRoute(props: OrderTasksProps, ingest: RealtimeOrderIngest): LambdaFunction {
    const receiveAnswer = apiFunction(this, props, undefined, { handler: 'receive-order-task-answer', description: 'Receives the answers to tasks over the API' });
    grantTasksTableAccess(receiveAnswer, this.tasksTable, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    addRoutes(ingest, receiveAnswer, { methods: ['POST'], paths: ['/orders/{orderId}/tasks/{task}'] });
    return receiveAnswer;
  }
}
