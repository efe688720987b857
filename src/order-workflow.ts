import { Lazy } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { OrderTasks } from './order-tasks';
import { validateWorkflowName, validateWorkflowProps, type OrderWorkflowProps } from './order-workflow-options';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { grantPutEvents, grantSendMessages, grantStartExecution } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { pipelineEvents } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { assertProps } from './private/validate';
import { createStateMachine } from './private/workflow/create-state-machine';
import { triggerPattern } from './private/workflow/trigger-pattern';
import { usesTasks } from './private/workflow/uses-tasks';
import { validateDefinitionOnSynth } from './private/workflow/validate-definition-on-synth';
import { failedWorkflowsAlarm, workflowGraph } from './private/workflow/workflow-monitoring';
import { wrapDefinition } from './private/workflow/wrap-definition';

/**
 * A workflow for each order, in AWS Step Functions: bus (the trigger, such as `OrderConfirmed`) → workflow queue → `start-order-workflow` → an execution
 * of the state machine.
 *
 * The name of an execution is derived from the ID of the event, so a redelivered event starts nothing. The outcome of a workflow is an event on the bus,
 * `OrderWorkflowSucceeded` or `OrderWorkflowFailed`, followed by a command if one is set.
 */
export class OrderWorkflow extends Construct {
  /** The state machine. */
  public readonly stateMachine: StateMachine;

  /** The queue of events that start an execution. */
  public readonly workflowQueue: Queue;

  /** The dead-letter queue of the workflow queue, also for events that EventBridge cannot deliver to it. */
  public readonly workflowDeadLetterQueue: Queue;

  /** Consumes the workflow queue: starts executions. */
  public readonly startOrderWorkflowFunction: LambdaFunction;

  private tasks?: OrderTasks;

  constructor(scope: Construct, id: string, private readonly props: OrderWorkflowProps) {
    super(scope, id);
    assertProps(this, [validateWorkflowName(id), ...validateWorkflowProps(props)]);
    restrictEventTargetsToAccount(this);
    const events = pipelineEvents(this, props);
    const { encryptionKey, removalPolicy } = props;
    if (encryptionKey) grantKeyToEventBridge(encryptionKey, this);

    const queue = new QueueWithDeadLetterQueue(this, 'Workflow', { ...props.startOrderWorkflow, fifo: false, encryptionKey, removalPolicy });
    [this.workflowQueue, this.workflowDeadLetterQueue] = [queue.queue, queue.deadLetterQueue];
    const openTaskFunction = Lazy.uncachedString({ produce: () => this.tasks?.openOrderTaskFunction.functionArn ?? 'none' });
    this.stateMachine = createStateMachine(this, props, wrapDefinition(this, id, props, events, openTaskFunction));
    grantPutEvents(this.stateMachine, events.eventBus, events.eventSource);
    if (props.tasks) this._useTasks(props.tasks);

    this.startOrderWorkflowFunction = new BundledFunction(this, 'StartOrderWorkflow', {
      ...props,
      ...props.startOrderWorkflow,
      handler: 'start-order-workflow',
      description: 'Starts an execution of the workflow for each event',
      environment: { WORKFLOW_NAME: id },
    });
    grantStartExecution(this.startOrderWorkflowFunction, this.stateMachine, encryptionKey);
    grantSendMessages(this.startOrderWorkflowFunction, this.workflowDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.startOrderWorkflowFunction);

    routeEvents(this, 'Events', props.eventBus, queue, triggerPattern(events, props));
    validateDefinitionOnSynth(this, this.stateMachine, () => this.tasks !== undefined);
    describePart(this, {
      name: `${id}Workflow`,
      serviceName: serviceNameOf(this, props),
      consumers: [{
        name: `workflow-${id.toLowerCase()}`, queue: this.workflowQueue, deadLetterQueue: this.workflowDeadLetterQueue, function: this.startOrderWorkflowFunction,
      }],
      outcomes: [{ graph: 'Workflows', metric: 'OrderWorkflowStarted', label: 'started' }],
      graphs: [workflowGraph(this.stateMachine)],
      alarms: [failedWorkflowsAlarm(id, this.stateMachine)],
    });
  }

  /**
   * Whether states of the definition wait for answers.
   *
   * @internal
   */
  public get _waitsForAnswers(): boolean {
    return usesTasks(this.stateMachine);
  }

  /**
   * Lets the state machine open tasks, and the handlers of the tasks continue its executions.
   *
   * @internal
   */
  public _useTasks(tasks: OrderTasks): void {
    this.tasks = tasks;
    Grant.addToPrincipal({ grantee: this.stateMachine, actions: ['lambda:InvokeFunction'], resourceArns: [tasks.openOrderTaskFunction.functionArn] });
    tasks._serve(this.stateMachine, this.props);
  }
}
