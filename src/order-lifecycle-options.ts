import type { HandlerOptions, OrderRetentionOptions, OrderSizeOptions, QueueConsumerOptions } from './options';

/**
 * What can be chosen about the life of an order after it is confirmed.
 */
export interface OrderLifecycleFlowsOptions extends OrderRetentionOptions, OrderSizeOptions {
  /**
   * Whether orders can be changed: `PATCH /orders/{orderId}`, and `OrderChangeRequested` on the bus.
   *
   * @default true
   */
  readonly orderChanges?: boolean;

  /**
   * Whether orders can be cancelled: `POST /orders/{orderId}/cancellation`, and `OrderCancellationRequested` on the bus.
   *
   * @default true
   */
  readonly orderCancellations?: boolean;

  /**
   * Whether orders can be fulfilled: another system says `OrderFulfilled` on the bus.
   *
   * @default true
   */
  readonly orderFulfillments?: boolean;

  /**
   * Sizes of the handler behind the route for changes.
   *
   * @default - see `HandlerOptions`
   */
  readonly receiveOrderChange?: HandlerOptions;

  /**
   * Sizes of the handler behind the route for cancellations.
   *
   * @default - see `HandlerOptions`
   */
  readonly receiveOrderCancellation?: HandlerOptions;

  /**
   * The change queue and `change-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly changeOrder?: QueueConsumerOptions;

  /**
   * The cancellation queue and `cancel-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly cancelOrder?: QueueConsumerOptions;

  /**
   * The fulfillment queue and `fulfill-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly fulfillOrder?: QueueConsumerOptions;
}
