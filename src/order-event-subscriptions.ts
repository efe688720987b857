import { Construct } from 'constructs';
import type { CustomerOrderEventOptions, EventSubscriptionOptions, OrderContentEventOptions, OrderEventOptions, OrderTaskEventOptions } from './order-event-options';
import type { OrderEventRule } from './order-event-rule';
import { EVENT_TYPE, FILE_EVENT_TYPE, WEBHOOK_EVENT_TYPE, type EventType, type FileEventType, type WebhookEventType } from './private/contract';

/** The type of any event of a pipeline. */
export type AnyEventType = EventType | FileEventType | WebhookEventType;

/** The options of subscriptions to all types of events. */
export interface AnySubscriptionOptions extends OrderContentEventOptions, OrderTaskEventOptions {}

/**
 * The subscriptions to the events of a pipeline: one method for each type of event.
 *
 * @internal
 */
export abstract class OrderEventSubscriptions extends Construct {
  /**
   * Subscribes to all events of the pipeline.
   *
   * @param id the construct id of the rule, as in all `on…` methods.
   */
  public onOrderEvent(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options);
  }

  /** Subscribes to `OrderPlacementRequested`: another system places an order, before the order is validated. */
  public onOrderPlacementRequested(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_PLACEMENT_REQUESTED);
  }

  /** Subscribes to `OrderValidated`: an order is valid and will be stored. */
  public onOrderValidated(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_VALIDATED);
  }

  /** Subscribes to `OrderRejected`: an order violates a rule, has the id of another order, was not confirmed, or expired. */
  public onOrderRejected(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_REJECTED);
  }

  /** Subscribes to `OrderPending`: an order is stored, and confirmed or rejected later. Published only with `confirmation`. */
  public onOrderPending(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_PENDING);
  }

  /** Subscribes to `OrderConfirmationDecided`: a decision about a pending order, before it is applied or refused. */
  public onOrderConfirmationDecided(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_CONFIRMATION_DECIDED);
  }

  /** Subscribes to `OrderConfirmationRefused`: a decision came too late, or was about an order that is not pending. Undo what led to it. */
  public onOrderConfirmationRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_CONFIRMATION_REFUSED);
  }

  /** Subscribes to `OrderConfirmed`: an order is stored and, with `confirmation`, confirmed. */
  public onOrderConfirmed(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_CONFIRMED);
  }

  /** Subscribes to `OrderChangeRequested`: a request to change an order, before the change is applied or refused. */
  public onOrderChangeRequested(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_CHANGE_REQUESTED);
  }

  /** Subscribes to `OrderChanged`: an order is changed. The event has the changed order. */
  public onOrderChanged(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_CHANGED);
  }

  /** Subscribes to `OrderChangeRefused`: a change is refused for the reason in `detail.data.reason`. */
  public onOrderChangeRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_CHANGE_REFUSED);
  }

  /** Subscribes to `OrderCancellationRequested`: a request to cancel an order, before it is applied or refused. */
  public onOrderCancellationRequested(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_CANCELLATION_REQUESTED);
  }

  /** Subscribes to `OrderCancelled`: an order is cancelled. */
  public onOrderCancelled(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_CANCELLED);
  }

  /** Subscribes to `OrderCancellationRefused`: a cancellation is refused for the reason in `detail.data.reason`. */
  public onOrderCancellationRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_CANCELLATION_REFUSED);
  }

  /** Subscribes to `OrderItemsFulfilled`: another system fulfilled line items of an order, before this is applied or refused. */
  public onOrderItemsFulfilled(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_ITEMS_FULFILLED);
  }

  /** Subscribes to `OrderPartiallyFulfilled`: a part of an order is fulfilled, and another part is not. */
  public onOrderPartiallyFulfilled(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_PARTIALLY_FULFILLED);
  }

  /**
   * Subscribes to `OrderFulfilled`: another system fulfilled an order, and the pipeline can refuse the event; or the last line items of an order are
   * fulfilled.
   */
  public onOrderFulfilled(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_FULFILLED);
  }

  /** Subscribes to `OrderFulfillmentRefused`: a fulfillment is refused for the reason in `detail.data.reason`. */
  public onOrderFulfillmentRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_FULFILLMENT_REFUSED);
  }

  /** Subscribes to `OrderRead`: a client read an order. Published only when `auditReads` is true. */
  public onOrderRead(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_READ);
  }

  /** Subscribes to `OrderRedriven`: messages about an order were redriven from dead-letter queues. */
  public onOrderRedriven(id: string, options: OrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_REDRIVEN);
  }

  /** Subscribes to `OrderWorkflowStepSucceeded`: a step of a workflow succeeded. */
  public onOrderWorkflowStepSucceeded(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_STEP_SUCCEEDED);
  }

  /** Subscribes to `OrderWorkflowStepFailed`: a step of a workflow failed, for the reason in `detail.data.code`. */
  public onOrderWorkflowStepFailed(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_STEP_FAILED);
  }

  /** Subscribes to `OrderWorkflowStepCompensated`: a step of a workflow is compensated, because a later one failed. */
  public onOrderWorkflowStepCompensated(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_STEP_COMPENSATED);
  }

  /** Subscribes to `OrderWorkflowSucceeded`: a workflow ended well. */
  public onOrderWorkflowSucceeded(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_SUCCEEDED);
  }

  /** Subscribes to `OrderWorkflowFailed`: a workflow failed, and its steps are compensated. */
  public onOrderWorkflowFailed(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_WORKFLOW_FAILED);
  }

  /** Subscribes to `OrderTaskRequested`: a workflow waits for the answer to a task, or reminds of it. */
  public onOrderTaskRequested(id: string, options: OrderTaskEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_TASK_REQUESTED);
  }

  /** Subscribes to `OrderTaskAnswered`: another system answers a task. */
  public onOrderTaskAnswered(id: string, options: OrderTaskEventOptions): OrderEventRule {
    return this._subscribe(id, options, EVENT_TYPE.ORDER_TASK_ANSWERED);
  }

  /** Subscribes to `OrderFileAccepted`: a file is valid, and its valid orders will be sent to the orders queue. */
  public onOrderFileAccepted(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this._subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_ACCEPTED);
  }

  /** Subscribes to `OrderFileRejected`: a whole file is rejected for the reason in `detail.data.reason`. */
  public onOrderFileRejected(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this._subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_REJECTED);
  }

  /** Subscribes to `OrderFileCompleted`: all valid orders of a file are in the orders queue. */
  public onOrderFileCompleted(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this._subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_COMPLETED);
  }

  /** Subscribes to `OrderFileProcessed`: the outcomes of all valid orders of a file are known; `detail.data.outcomes` has their numbers. */
  public onOrderFileProcessed(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this._subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_PROCESSED);
  }

  /** Subscribes to `OrderWebhookDisabled`: a webhook was disabled, because its receiver failed for days or answered 410. */
  public onOrderWebhookDisabled(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this._subscribe(id, options, WEBHOOK_EVENT_TYPE.ORDER_WEBHOOK_DISABLED);
  }

  /**
   * Creates the rule of a subscription.
   *
   * @internal
   */
  protected abstract _subscribe(id: string, options: AnySubscriptionOptions, eventType?: AnyEventType): OrderEventRule;
}
