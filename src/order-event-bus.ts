import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Archive, EventBus, type CfnArchive, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { EventAcceptanceOptions } from './options';
import type { CustomerOrderEventOptions, EventSubscriptionOptions, OrderContentEventOptions, OrderEventOptions, OrderTaskEventOptions } from './order-event-options';
import { OrderEventRule } from './order-event-rule';
import { claimEvents } from './private/claimed-events';
import { EVENT_TYPE, FILE_EVENT_TYPE, WEBHOOK_EVENT_TYPE, type EventType, type FileEventType, type WebhookEventType } from './private/contract';
import { grantPutEvents } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { acceptedEvents, subscribedEvents } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { removalPolicyOf, validateRemovalPolicy } from './private/removal';
import { assertProps, cannotBeSet, durationBetween, type ValidationError } from './private/validate';
import { validateEvents } from './private/validate-common';

/**
 * Properties of `OrderEventBus`.
 */
export interface OrderEventBusProps extends EventAcceptanceOptions {
  /**
   * An existing bus to use.
   *
   * @default - a new custom bus
   */
  readonly eventBus?: IEventBus;

  /**
   * The EventBridge `source` of the pipeline's events.
   *
   * @default 'orders'
   */
  readonly eventSource?: string;

  /**
   * Identifies the pipeline in `metadata.pipeline` of its events. Subscriptions and the archive match only its events.
   *
   * @default - see `CommonOptions.pipelineId`; on an imported bus without a pipeline of this app, subscriptions match events of all pipelines
   */
  readonly pipelineId?: string;

  /**
   * A customer-managed key that encrypts the archive, the dead-letter queues of subscriptions and a new bus, with a key policy for EventBridge.
   *
   * @default - an AWS owned key
   */
  readonly encryptionKey?: IKey;

  /**
   * The removal policy of the archive and of dead-letter queues of subscriptions: DESTROY, or RETAIN, which a failed first deployment does not leave behind.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether an archive keeps the pipeline's events for replay.
   *
   * @default true
   */
  readonly archive?: boolean;

  /**
   * The retention of the archive, whole days, at least one.
   *
   * @default Duration.days(30)
   */
  readonly archiveRetention?: Duration;
}

/**
 * The EventBridge bus of the pipeline's events, with an archive for replay.
 *
 * Subscribe by the `on…` methods. A subscription can receive an event more than once; `detail.metadata.eventId` identifies duplicates.
 */
export class OrderEventBus extends Construct {
  /** The bus: the existing one of the props, or a new one. */
  public readonly eventBus: IEventBus;

  /** The archive of the pipeline's events. Undefined when `archive` is false. */
  public readonly archive?: Archive;

  /** The EventBridge `source` of the pipeline's events. */
  public readonly eventSource: string;

  /** The id of the pipeline in `metadata.pipeline` of its events. Undefined for subscriptions to events of all pipelines. */
  public readonly pipelineId?: string;

  private readonly props: OrderEventBusProps;

  constructor(scope: Construct, id: string, props: OrderEventBusProps = {}) {
    super(scope, id);
    assertProps(this, validateEventBusOptions(props));

    this.props = props;
    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    this.eventBus = props.eventBus ?? new EventBus(this, 'Bus', { kmsKey: props.encryptionKey });
    const events = subscribedEvents(this, { ...props, eventBus: this.eventBus });
    this.eventSource = events.eventSource;
    if (events.hasUniqueId) this.pipelineId = events.pipelineId;
    if (events.hasUniqueId) claimEvents(this, events, []);
    if (props.archive ?? true) {
      this.archive = new Archive(this, 'Archive', {
        sourceEventBus: this.eventBus,
        eventPattern: acceptedEvents(events, props),
        retention: props.archiveRetention ?? Duration.days(30),
      });
      this.archive.applyRemovalPolicy(removalPolicyOf(props));
      // The key option of the L2 adds the bus to the key policy, which causes a dependency cycle.
      (this.archive.node.defaultChild as CfnArchive).kmsKeyIdentifier = props.encryptionKey?.keyArn;
    }
    describePart(this, { name: 'Events', serviceName: this.node.path, hasSubscriptions: true });
  }

  /**
   * Grants `events:PutEvents` on the bus for the pipeline's source.
   *
   * @param grantee the principal that publishes events.
   */
  public grantPutEvents(grantee: IGrantable): Grant {
    return grantPutEvents(grantee, this.eventBus, this.eventSource);
  }

  /**
   * Subscribes to all events of the pipeline.
   *
   * @param id the construct id of the rule, as in all `on…` methods.
   */
  public onOrderEvent(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options);
  }

  /** Subscribes to `OrderPlacementRequested`: another system places an order, before the order is validated. */
  public onOrderPlacementRequested(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_PLACEMENT_REQUESTED);
  }

  /** Subscribes to `OrderValidated`: an order is valid and will be stored. */
  public onOrderValidated(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_VALIDATED);
  }

  /** Subscribes to `OrderRejected`: an order violates a rule, has the id of another order, was not confirmed, or expired. */
  public onOrderRejected(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_REJECTED);
  }

  /** Subscribes to `OrderPending`: an order is stored, and confirmed or rejected later. Published only with `confirmation`. */
  public onOrderPending(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_PENDING);
  }

  /** Subscribes to `OrderConfirmationDecided`: a decision about a pending order, before it is applied or refused. */
  public onOrderConfirmationDecided(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CONFIRMATION_DECIDED);
  }

  /** Subscribes to `OrderConfirmationRefused`: a decision came too late, or was about an order that is not pending. Undo what led to it. */
  public onOrderConfirmationRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CONFIRMATION_REFUSED);
  }

  /** Subscribes to `OrderConfirmed`: an order is stored and, with `confirmation`, confirmed. */
  public onOrderConfirmed(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CONFIRMED);
  }

  /** Subscribes to `OrderChangeRequested`: a request to change an order, before the change is applied or refused. */
  public onOrderChangeRequested(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CHANGE_REQUESTED);
  }

  /** Subscribes to `OrderChanged`: an order is changed. The event has the changed order. */
  public onOrderChanged(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CHANGED);
  }

  /** Subscribes to `OrderChangeRefused`: a change is refused for the reason in `detail.data.reason`. */
  public onOrderChangeRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CHANGE_REFUSED);
  }

  /** Subscribes to `OrderCancellationRequested`: a request to cancel an order, before it is applied or refused. */
  public onOrderCancellationRequested(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CANCELLATION_REQUESTED);
  }

  /** Subscribes to `OrderCancelled`: an order is cancelled. */
  public onOrderCancelled(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CANCELLED);
  }

  /** Subscribes to `OrderCancellationRefused`: a cancellation is refused for the reason in `detail.data.reason`. */
  public onOrderCancellationRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CANCELLATION_REFUSED);
  }

  /** Subscribes to `OrderItemsFulfilled`: another system fulfilled line items of an order, before this is applied or refused. */
  public onOrderItemsFulfilled(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_ITEMS_FULFILLED);
  }

  /** Subscribes to `OrderPartiallyFulfilled`: a part of an order is fulfilled, and another part is not. */
  public onOrderPartiallyFulfilled(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_PARTIALLY_FULFILLED);
  }

  /**
   * Subscribes to `OrderFulfilled`: another system fulfilled an order, and the pipeline can refuse the event; or the last line items of an order are
   * fulfilled.
   */
  public onOrderFulfilled(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_FULFILLED);
  }

  /** Subscribes to `OrderFulfillmentRefused`: a fulfillment is refused for the reason in `detail.data.reason`. */
  public onOrderFulfillmentRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_FULFILLMENT_REFUSED);
  }

  /** Subscribes to `OrderRead`: a client read an order. Published only when `auditReads` is true. */
  public onOrderRead(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_READ);
  }

  /** Subscribes to `OrderRedriven`: messages about an order were redriven from dead-letter queues. */
  public onOrderRedriven(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_REDRIVEN);
  }

  /** Subscribes to `OrderWorkflowStepSucceeded`: a step of a workflow succeeded. */
  public onOrderWorkflowStepSucceeded(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_STEP_SUCCEEDED);
  }

  /** Subscribes to `OrderWorkflowStepFailed`: a step of a workflow failed, for the reason in `detail.data.code`. */
  public onOrderWorkflowStepFailed(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_STEP_FAILED);
  }

  /** Subscribes to `OrderWorkflowStepCompensated`: a step of a workflow is compensated, because a later one failed. */
  public onOrderWorkflowStepCompensated(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_STEP_COMPENSATED);
  }

  /** Subscribes to `OrderWorkflowSucceeded`: a workflow ended well. */
  public onOrderWorkflowSucceeded(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_SUCCEEDED);
  }

  /** Subscribes to `OrderWorkflowFailed`: a workflow failed, and its steps are compensated. */
  public onOrderWorkflowFailed(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_FAILED);
  }

  /** Subscribes to `OrderTaskRequested`: a workflow waits for the answer to a task, or reminds of it. */
  public onOrderTaskRequested(id: string, options: OrderTaskEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_TASK_REQUESTED);
  }

  /** Subscribes to `OrderTaskAnswered`: another system answers a task. */
  public onOrderTaskAnswered(id: string, options: OrderTaskEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_TASK_ANSWERED);
  }

  /** Subscribes to `OrderFileAccepted`: a file is valid, and its valid orders will be sent to the orders queue. */
  public onOrderFileAccepted(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this.subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_ACCEPTED);
  }

  /** Subscribes to `OrderFileRejected`: a whole file is rejected for the reason in `detail.data.reason`. */
  public onOrderFileRejected(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this.subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_REJECTED);
  }

  /** Subscribes to `OrderFileCompleted`: all valid orders of a file are in the orders queue. */
  public onOrderFileCompleted(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this.subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_COMPLETED);
  }

  /** Subscribes to `OrderFileProcessed`: the outcomes of all valid orders of a file are known; `detail.data.outcomes` has their numbers. */
  public onOrderFileProcessed(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this.subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_PROCESSED);
  }

  /** Subscribes to `OrderWebhookDisabled`: a webhook was disabled, because its receiver failed for days or answered 410. */
  public onOrderWebhookDisabled(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this.subscribe(id, options, WEBHOOK_EVENT_TYPE.ORDER_WEBHOOK_DISABLED);
  }

  private subscribe(
    id: string, options: OrderContentEventOptions & OrderTaskEventOptions, eventType?: EventType | FileEventType | WebhookEventType,
  ): OrderEventRule {
    const { eventBus, eventSource, pipelineId, props: { encryptionKey, removalPolicy, acceptEventsWithoutPipeline } } = this;
    return new OrderEventRule(this, id, {
      ...options, eventBus, eventSource, pipelineId, acceptEventsWithoutPipeline, encryptionKey, removalPolicy, eventType,
    });
  }
}

/** Validates the options of `OrderEventBus`. */
export const validateEventBusOptions = (props: OrderEventBusProps): ValidationError[] => [
  ...(props.archive === false ? cannotBeSet(props, ['archiveRetention'], 'when `archive` is false') : []),
  durationBetween('archiveRetention', props.archiveRetention, Duration.days(1), Duration.days(365_000), 'days'),
  ...validateEvents(props),
  validateRemovalPolicy(props),
];
