import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ConfirmationSettings } from './private/contract';

/**
 * What is decided about a pending order.
 */
export enum ConfirmationDecision {
  /** The order is confirmed: `OrderConfirmed`. */
  CONFIRM = 'CONFIRM',

  /** The order is rejected: `OrderRejected`. It can be placed again with the same ID. */
  REJECT = 'REJECT',
}

/**
 * What a change does to a pending order.
 */
export enum PendingChangePolicy {
  /** The change is applied, and the order is decided anew: decisions about the order before the change are refused, and the timeout restarts. */
  RESTART = 'RESTART',

  /** The change is refused with `ORDER_PENDING`. */
  REFUSE = 'REFUSE',
}

/**
 * Options of `OrderConfirmation`.
 */
export interface OrderConfirmationOptions {
  /**
   * How long an order is pending at most, 1 minute to 30 days, whole seconds.
   *
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;

  /**
   * What is decided after the timeout. A later decision that differs is refused with an event.
   *
   * @default ConfirmationDecision.REJECT
   */
  readonly onTimeout?: ConfirmationDecision;

  /**
   * What a change does to a pending order.
   *
   * @default PendingChangePolicy.RESTART
   */
  readonly onChange?: PendingChangePolicy;
}

/**
 * Who decides whether a valid order is confirmed. Until then, the order is stored with the status `PENDING`, and `OrderPending` is published.
 */
export class OrderConfirmation {
  /**
   * A function that is called with a batch of pending orders, `{ orders }`, and answers `{ results }` with one of `{ decision: 'CONFIRM' }`,
   * `{ decision: 'REJECT', reasons: [{ code, message }] }` and `{ decision: 'LATER' }` for each. After `LATER`, another system publishes
   * `OrderConfirmationDecided`. The function can be called more than once for an order; `decisionId` is then the same.
   *
   * @param confirmOrders the function.
   * @param options the timeout, and what happens to changes.
   */
  public static function(confirmOrders: IFunction, options: OrderConfirmationOptions = {}): OrderConfirmation {
    return new OrderConfirmation(options, confirmOrders);
  }

  /**
   * Another system, which receives `OrderPending` and publishes `OrderConfirmationDecided` on the bus.
   *
   * @param options the timeout, and what happens to changes.
   */
  public static event(options: OrderConfirmationOptions = {}): OrderConfirmation {
    return new OrderConfirmation(options);
  }

  private constructor(
    /** @internal */
    public readonly _options: OrderConfirmationOptions,
    /** @internal */
    public readonly _function?: IFunction,
  ) {}

  /** @internal */
  public _settings(): ConfirmationSettings {
    const { timeout = DEFAULT_TIMEOUT, onTimeout = ConfirmationDecision.REJECT, onChange = PendingChangePolicy.RESTART } = this._options;
    return { timeout: timeout.toSeconds(), onTimeout, onChange };
  }
}

const DEFAULT_TIMEOUT = Duration.hours(1);

/**
 * Whether orders need a decision before they are confirmed.
 */
export interface ConfirmationOptions {
  /**
   * Who decides whether a valid order is confirmed. The constructs of a pipeline need the same one.
   *
   * @default - every valid order is confirmed when it is stored
   */
  readonly confirmation?: OrderConfirmation;
}
