import type { ApiHandlerOptions, CommonOptions, EventAcceptanceOptions, OrderRetentionOptions, OrderSizeOptions, QueueConsumerOptions } from './options';
import type { ConfirmationOptions } from './order-confirmation';
import { cannotBeSet, type ValidationError } from './private/validate';
import { validateCommon, validateOrderRetention, validateOrderSize } from './private/validate-common';
import { validateApiHandler, validateQueueConsumer } from './private/validate-consumer';

/**
 * Options of `OrderLifecycleFlows`.
 */
export interface OrderLifecycleFlowsOptions extends OrderRetentionOptions, OrderSizeOptions, EventAcceptanceOptions, ConfirmationOptions {
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
   * Whether orders can be fulfilled: another system publishes `OrderFulfilled`, or `OrderItemsFulfilled` for a part, on the bus.
   *
   * @default true
   */
  readonly orderFulfillments?: boolean;

  /**
   * Options of `receive-order-change`, which answers the route for changes.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly receiveOrderChange?: ApiHandlerOptions;

  /**
   * Options of `receive-order-cancellation`, which answers the route for cancellations.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly receiveOrderCancellation?: ApiHandlerOptions;

  /**
   * Options of the change queue and of `change-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly changeOrder?: QueueConsumerOptions;

  /**
   * Options of the cancellation queue and of `cancel-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly cancelOrder?: QueueConsumerOptions;

  /**
   * Options of the fulfillment queue and of `fulfill-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly fulfillOrder?: QueueConsumerOptions;
}

/** Whether any flow is enabled. */
export const hasLifecycleFlow = ({ orderChanges, orderCancellations, orderFulfillments }: OrderLifecycleFlowsOptions): boolean =>
  [orderChanges, orderCancellations, orderFulfillments].some((isEnabled) => isEnabled ?? true);

/** Validates the options of `OrderLifecycleFlows`. */
export const validateLifecycleOptions = (props: OrderLifecycleFlowsOptions & CommonOptions): ValidationError[] => [
  ...validateApiHandler('receiveOrderChange', props.receiveOrderChange),
  ...validateApiHandler('receiveOrderCancellation', props.receiveOrderCancellation),
  ...validateQueueConsumer('changeOrder', props.changeOrder),
  ...validateQueueConsumer('cancelOrder', props.cancelOrder),
  ...validateQueueConsumer('fulfillOrder', props.fulfillOrder),
  ...validateCommon(props),
  validateOrderSize(props),
  ...validateOrderRetention(props),
  ...(props.orderChanges === false ? cannotBeSet(props, ['receiveOrderChange', 'changeOrder'], 'when `orderChanges` is false') : []),
  ...(props.orderCancellations === false ? cannotBeSet(props, ['receiveOrderCancellation', 'cancelOrder'], 'when `orderCancellations` is false') : []),
  ...(props.orderFulfillments === false ? cannotBeSet(props, ['fulfillOrder'], 'when `orderFulfillments` is false') : []),
];
