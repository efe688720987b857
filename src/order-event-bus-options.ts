import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { EventAcceptanceOptions } from './options';
import { validateRemovalPolicy } from './private/removal';
import { cannotBeSet, durationBetween, type ValidationError } from './private/validate';
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

/** Validates the options of `OrderEventBus`. */
export const validateEventBusOptions = (props: OrderEventBusProps): ValidationError[] => [
  ...(props.archive === false ? cannotBeSet(props, ['archiveRetention'], 'when `archive` is false') : []),
  durationBetween('archiveRetention', props.archiveRetention, Duration.days(1), Duration.days(365_000), 'days'),
  ...validateEvents(props),
  validateRemovalPolicy(props),
];
