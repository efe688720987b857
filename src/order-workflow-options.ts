import type { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IChainable, LogLevel } from 'aws-cdk-lib/aws-stepfunctions';
import type { CommonOptions, QueueConsumerOptions } from './options';
import type { OrderTasks } from './order-tasks';
import type { OrderWorkflowCommand } from './order-workflow-command';
import { cannotBeSet, durationBetween, type ValidationError } from './private/validate';
import { validateCommon } from './private/validate-common';
import { validateQueueConsumer } from './private/validate-consumer';
import { LONGEST_WORKFLOW, SHORTEST_DEADLINE } from './private/workflow/step-limits';

/**
 * The event that starts a workflow.
 */
export enum OrderWorkflowTrigger {
  /** An order is stored, and is confirmed or rejected by a decision. Only in a pipeline with `confirmation`. */
  ORDER_PENDING = 'OrderPending',

  /** An order is stored. */
  ORDER_CONFIRMED = 'OrderConfirmed',

  /** An order is changed. Each change starts an execution of its own. */
  ORDER_CHANGED = 'OrderChanged',

  /** An order is cancelled. */
  ORDER_CANCELLED = 'OrderCancelled',

  /** An order is rejected. */
  ORDER_REJECTED = 'OrderRejected',
}

/**
 * Options of `OrderWorkflow`.
 */
export interface OrderWorkflowOptions {
  /**
   * The states of the workflow: an `OrderSaga`, or states of aws-cdk-lib. The input is the detail of the event: `metadata` with `orderId`, `tenant`,
   * `eventId` and `correlationId`, `facts` with `customerId`, `currency` and `total`, and `data` with `order`. The output is not used.
   *
   * The workflow ends well when the states end, and fails when they end with the error `OrderWorkflow.Failed`, such as that of an `OrderSaga`. Any other
   * error fails the execution, with an alarm; it can be redriven.
   */
  readonly definition: IChainable;

  /**
   * The event that starts an execution. A redelivered event starts nothing.
   *
   * @default OrderWorkflowTrigger.ORDER_CONFIRMED
   */
  readonly trigger?: OrderWorkflowTrigger;

  /**
   * Starts executions only for orders of these sales channels. Cannot be set when `trigger` is ORDER_REJECTED: a rejected order may not be readable.
   *
   * @default - all sales channels, and orders without one
   */
  readonly salesChannels?: string[];

  /**
   * The command with which a workflow that succeeded ends.
   *
   * @default - none
   */
  readonly onSuccess?: OrderWorkflowCommand;

  /**
   * The command with which a workflow that failed ends, after its compensations.
   *
   * @default - none
   */
  readonly onFailure?: OrderWorkflowCommand;

  /**
   * How long an execution may run, 1 minute to 365 days. It is then stopped without any compensation, with an alarm, so it is not a deadline: `OrderSaga` has
   * one.
   *
   * @default Duration.days(365)
   */
  readonly executionTimeout?: Duration;

  /**
   * Which steps of an execution are logged. Their input and output are not.
   *
   * @default LogLevel.ALL
   */
  readonly executionLogLevel?: LogLevel;

  /**
   * Whether X-Ray traces the executions.
   *
   * @default false
   */
  readonly tracing?: boolean;

  /**
   * Options of the workflow queue and of `start-order-workflow`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly startOrderWorkflow?: QueueConsumerOptions;
}

/**
 * Properties of `OrderWorkflow`.
 */
export interface OrderWorkflowProps extends CommonOptions, OrderWorkflowOptions {
  /**
   * The bus of the pipeline's events.
   */
  readonly eventBus: IEventBus;

  /**
   * The tasks to which the answers belong that steps of the definition wait for. Required if there are such steps.
   *
   * @default - none
   */
  readonly tasks?: OrderTasks;
}

/** Validates the properties of `OrderWorkflow`. */
export const validateWorkflowProps = (props: OrderWorkflowProps): ValidationError[] => [
  ...validateQueueConsumer('startOrderWorkflow', props.startOrderWorkflow),
  ...validateCommon(props),
  durationBetween('executionTimeout', props.executionTimeout, SHORTEST_DEADLINE, LONGEST_WORKFLOW),
  ...(['onSuccess', 'onFailure'] as const).map((prop) => validateCommand(prop, props)),
  ...validateSalesChannels(props),
];

/** A pattern cannot match what the event does not have, and an empty list matches nothing. Accepts tokens. */
function validateSalesChannels(props: OrderWorkflowProps): ValidationError[] {
  if (props.trigger === OrderWorkflowTrigger.ORDER_REJECTED) return cannotBeSet(props, ['salesChannels'], 'when `trigger` is OrderRejected');
  return props.salesChannels?.length === 0 ? ['`salesChannels` must have at least one entry, got none'] : [];
}

/** Validates the construct ID of a workflow, which names it in events, alarms and redrive commands. */
export const validateWorkflowName = (id: string): ValidationError => (/^[A-Za-z][A-Za-z0-9-]{0,22}$/.test(id)
  ? undefined
  : `the ID of a workflow must have 1 to 23 of A-Z a-z 0-9 - and begin with one of A-Z a-z, because it names the workflow in events and redrive commands, got ${id}`);

/** Only events about a pending order have the ID of its decision. */
function validateCommand(prop: 'onSuccess' | 'onFailure', { trigger = OrderWorkflowTrigger.ORDER_CONFIRMED, ...props }: OrderWorkflowProps): ValidationError {
  const isPending = [OrderWorkflowTrigger.ORDER_PENDING, OrderWorkflowTrigger.ORDER_CHANGED].includes(trigger);
  return !props[prop]?._isDecision || isPending
    ? undefined
    : `\`${prop}\` cannot confirm or reject an order when \`trigger\` is ${trigger}; use OrderWorkflowTrigger.ORDER_PENDING, or another command`;
}
