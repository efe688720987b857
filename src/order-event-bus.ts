import { Duration } from 'aws-cdk-lib';
import { Archive, EventBus, type CfnArchive, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { validateEventBusOptions, type OrderEventBusProps } from './order-event-bus-options';
import { OrderEventRule } from './order-event-rule';
import { OrderEventSubscriptions, type AnyEventType, type AnySubscriptionOptions } from './order-event-subscriptions';
import { claimEvents } from './private/claimed-events';
import { grantPutEvents } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { acceptedEvents, subscribedEvents } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { removalPolicyOf } from './private/removal';
import { assertProps } from './private/validate';

/**
 * The EventBridge bus of the pipeline's events, with an archive for replay.
 *
 * Subscribe by the `on…` methods. A subscription can receive an event more than once; `detail.metadata.eventId` identifies duplicates.
 */
export class OrderEventBus extends OrderEventSubscriptions {
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

  /** @internal */
  protected _subscribe(id: string, options: AnySubscriptionOptions, eventType?: AnyEventType): OrderEventRule {
    const { eventBus, eventSource, pipelineId, props: { encryptionKey, removalPolicy, acceptEventsWithoutPipeline } } = this;
    return new OrderEventRule(this, id, {
      ...options, eventBus, eventSource, pipelineId, acceptEventsWithoutPipeline, encryptionKey, removalPolicy, eventType,
    });
  }
}
