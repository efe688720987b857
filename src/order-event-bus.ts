import { Duration } from 'aws-cdk-lib';
import { Archive, EventBus, type CfnArchive, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { CustomerOrderEventOptions, EventSubscriptionOptions, OrderContentEventOptions, OrderEventOptions } from './order-event-options';
import { OrderEventRule } from './order-event-rule';
import { DEFAULT_EVENT_SOURCE, EVENT_TYPE, FILE_EVENT_TYPE, type EventType, type FileEventType } from './private/contract';
import { validateEventBusOptions } from './private/findings';
import { grantPutEvents } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { assertProps } from './private/validate';

/**
 * Properties of `OrderEventBus`.
 */
export interface OrderEventBusProps {
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
   * Encrypts the archive, the dead-letter queues of subscriptions and, when it is a new one, the bus with a customer-managed key,
   * which is opened to EventBridge. An existing bus keeps the key that it has.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: IKey;

  /**
   * Whether the bus keeps the pipeline's events so that they can be replayed.
   *
   * @default true
   */
  readonly archive?: boolean;

  /**
   * How long the archive keeps events, at least a day.
   *
   * @default Duration.days(30)
   */
  readonly archiveRetention?: Duration;
}

/**
 * The custom EventBridge bus on which the pipeline says what happens to orders, with an archive to replay it from.
 *
 * Whatever comes after an order is confirmed hangs on this bus; the pipeline does not know it.
 */
export class OrderEventBus extends Construct {
  /** The bus: the one given, or a new one. */
  public readonly eventBus: IEventBus;

  /** The archive of the pipeline's events; undefined when it is left out. */
  public readonly archive?: Archive;

  /** The EventBridge `source` of the pipeline's events. */
  public readonly eventSource: string;

  private readonly encryptionKey?: IKey;

  constructor(scope: Construct, id: string, props: OrderEventBusProps = {}) {
    super(scope, id);
    assertProps(this, validateEventBusOptions(props));

    this.eventSource = props.eventSource ?? DEFAULT_EVENT_SOURCE;
    this.encryptionKey = props.encryptionKey;
    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    this.eventBus = props.eventBus ?? new EventBus(this, 'Bus', { kmsKey: props.encryptionKey });
    if (props.archive ?? true) {
      this.archive = new Archive(this, 'Archive', {
        sourceEventBus: this.eventBus,
        eventPattern: { source: [this.eventSource] },
        retention: props.archiveRetention ?? Duration.days(30),
      });
      // The L2's own key option names the bus in the key's policy, and the bus names the key: a circle.
      (this.archive.node.defaultChild as CfnArchive).kmsKeyIdentifier = props.encryptionKey?.keyArn;
    }
  }

  /**
   * Lets somebody publish on the bus, under the pipeline's source and no other.
   *
   * @param grantee who may publish.
   */
  public grantPutEvents(grantee: IGrantable): Grant {
    return grantPutEvents(grantee, this.eventBus, this.eventSource);
  }

  /**
   * Subscribes to every event of the pipeline. Like every subscription, it may get an event twice; `detail.metadata.eventId` tells.
   *
   * @param id the construct id of the rule, as in every method below.
   */
  public onOrderEvent(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options);
  }

  /** Subscribes to `OrderValidated`: an order passed the second validation and will be stored. */
  public onOrderValidated(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_VALIDATED);
  }

  /** Subscribes to `OrderRejected`: an order breaks a rule, its id belongs to another order, or it waited too long. */
  public onOrderRejected(id: string, options: CustomerOrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_REJECTED);
  }

  /** Subscribes to `OrderConfirmed`: an order is stored. */
  public onOrderConfirmed(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CONFIRMED);
  }

  /** Subscribes to `OrderChangeRequested`: somebody asks for a change of an order; whether it is made is not decided yet. */
  public onOrderChangeRequested(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CHANGE_REQUESTED);
  }

  /** Subscribes to `OrderChanged`: an order is changed, and stands as the event shows it. */
  public onOrderChanged(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CHANGED);
  }

  /** Subscribes to `OrderChangeRefused`: a change is not made, and `detail.data.reason` says why. */
  public onOrderChangeRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CHANGE_REFUSED);
  }

  /** Subscribes to `OrderCancellationRequested`: somebody asks to cancel an order; whether it is cancelled is not decided yet. */
  public onOrderCancellationRequested(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CANCELLATION_REQUESTED);
  }

  /** Subscribes to `OrderCancelled`: an order is cancelled. */
  public onOrderCancelled(id: string, options: OrderContentEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CANCELLED);
  }

  /** Subscribes to `OrderCancellationRefused`: an order is not cancelled, and `detail.data.reason` says why. */
  public onOrderCancellationRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_CANCELLATION_REFUSED);
  }

  /** Subscribes to `OrderFulfilled`: another system says that it fulfilled an order; the pipeline may refuse to note it. */
  public onOrderFulfilled(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_FULFILLED);
  }

  /** Subscribes to `OrderFulfillmentRefused`: that an order is fulfilled is not noted, and `detail.data.reason` says why. */
  public onOrderFulfillmentRefused(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_FULFILLMENT_REFUSED);
  }

  /** Subscribes to `OrderRead`: somebody read an order. Said only where reading is audited. */
  public onOrderRead(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_READ);
  }

  /** Subscribes to `OrderRedriven`: a message about an order was put back from a dead-letter queue. */
  public onOrderRedriven(id: string, options: OrderEventOptions): OrderEventRule {
    return this.subscribe(id, options, EVENT_TYPE.ORDER_REDRIVEN);
  }

  /** Subscribes to `OrderFileAccepted`: a file was checked and its valid orders will be sent. */
  public onOrderFileAccepted(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this.subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_ACCEPTED);
  }

  /** Subscribes to `OrderFileRejected`: nothing of a file is sent, and `detail.data.reason` says why. */
  public onOrderFileRejected(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this.subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_REJECTED);
  }

  /** Subscribes to `OrderFileCompleted`: every valid order of a file is in the orders queue. */
  public onOrderFileCompleted(id: string, options: EventSubscriptionOptions): OrderEventRule {
    return this.subscribe(id, options, FILE_EVENT_TYPE.ORDER_FILE_COMPLETED);
  }

  private subscribe(id: string, options: OrderContentEventOptions, eventType?: EventType | FileEventType): OrderEventRule {
    const { eventBus, eventSource, encryptionKey } = this;
    return new OrderEventRule(this, id, { ...options, eventBus, eventSource, encryptionKey, eventType });
  }
}
