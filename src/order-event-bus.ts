import { Duration } from 'aws-cdk-lib';
import { Archive, EventBus, Rule, type CfnArchive, type EventPattern, type IEventBus, type IRuleTarget } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DEFAULT_EVENT_SOURCE, EVENT_TYPE, FILE_EVENT_TYPE } from './private/contract';
import { eventBusFindings } from './private/findings';
import { grantPublish } from './private/grants';
import { letEventBridgeUse } from './private/key-policy';
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
   * Encrypts the archive and, when it is a new one, the bus with a customer-managed key, which is opened to EventBridge. An
   * existing bus keeps the key that it has.
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
 * A subscription to events of the pipeline.
 */
export interface OrderEventOptions {
  /**
   * Who gets the events. Give it a dead-letter queue: what EventBridge cannot deliver within a day is lost otherwise.
   */
  readonly target: IRuleTarget;

  /**
   * What the subscription is for.
   *
   * @default - no description
   */
  readonly description?: string;
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

  constructor(scope: Construct, id: string, props: OrderEventBusProps = {}) {
    super(scope, id);
    assertProps(this, eventBusFindings(props));

    this.eventSource = props.eventSource ?? DEFAULT_EVENT_SOURCE;
    if (props.encryptionKey) letEventBridgeUse(props.encryptionKey, this);
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
  public grantPublish(grantee: IGrantable): Grant {
    return grantPublish(grantee, this.eventBus, this.eventSource);
  }

  /**
   * Subscribes to every event of the pipeline.
   *
   * @param id the rule's construct id.
   */
  public onOrderEvent(id: string, options: OrderEventOptions): Rule {
    return this.subscribe(id, options, {});
  }

  /**
   * Subscribes to `OrderValidated`: an order passed the second validation and will be stored.
   *
   * @param id the rule's construct id.
   */
  public onOrderValidated(id: string, options: OrderEventOptions): Rule {
    return this.subscribe(id, options, { detailType: [EVENT_TYPE.ORDER_VALIDATED] });
  }

  /**
   * Subscribes to `OrderRejected`: an order breaks a rule, or its id belongs to another order.
   *
   * @param id the rule's construct id.
   */
  public onOrderRejected(id: string, options: OrderEventOptions): Rule {
    return this.subscribe(id, options, { detailType: [EVENT_TYPE.ORDER_REJECTED] });
  }

  /**
   * Subscribes to `OrderConfirmed`: an order is stored. Once for each order, though it may be delivered more than once;
   * `detail.metadata.eventId` tells.
   *
   * @param id the rule's construct id.
   */
  public onOrderConfirmed(id: string, options: OrderEventOptions): Rule {
    return this.subscribe(id, options, { detailType: [EVENT_TYPE.ORDER_CONFIRMED] });
  }

  /**
   * Subscribes to `OrderFileAccepted`: a file was checked and its valid orders will be sent.
   *
   * @param id the rule's construct id.
   */
  public onOrderFileAccepted(id: string, options: OrderEventOptions): Rule {
    return this.subscribe(id, options, { detailType: [FILE_EVENT_TYPE.ORDER_FILE_ACCEPTED] });
  }

  /**
   * Subscribes to `OrderFileRejected`: nothing of a file is sent, and `detail.data.reason` says why.
   *
   * @param id the rule's construct id.
   */
  public onOrderFileRejected(id: string, options: OrderEventOptions): Rule {
    return this.subscribe(id, options, { detailType: [FILE_EVENT_TYPE.ORDER_FILE_REJECTED] });
  }

  /**
   * Subscribes to `OrderFileCompleted`: every valid order of a file is in the orders queue.
   *
   * @param id the rule's construct id.
   */
  public onOrderFileCompleted(id: string, options: OrderEventOptions): Rule {
    return this.subscribe(id, options, { detailType: [FILE_EVENT_TYPE.ORDER_FILE_COMPLETED] });
  }

  private subscribe(id: string, { target, description }: OrderEventOptions, pattern: EventPattern): Rule {
    return new Rule(this, id, {
      eventBus: this.eventBus,
      description,
      eventPattern: { source: [this.eventSource], ...pattern },
      targets: [target],
    });
  }
}
