import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions, OrderRetentionOptions, QueueConsumerOptions, TableOptions } from './options';
import type { ConfirmationOptions } from './order-confirmation';
import type { OrderListOptions } from './order-list-key';
import { validateListKeys } from './private/order-lists';
import type { ValidationError } from './private/validate';
import { validateCommon, validateKeyRegion, validateOrderRetention, validateWarmThroughput } from './private/validate-common';
import { validateConfirmation } from './private/validate-confirmation';
import { validateHandler, validateQueueConsumer } from './private/validate-consumer';
import { sameEnvironment, TABLE_ADVICE } from './private/validate-environment';

/**
 * Options of `OrderProcessor`.
 */
export interface OrderProcessorOptions extends OrderRetentionOptions, TableOptions, ConfirmationOptions, OrderListOptions {
  /**
   * An existing table for orders: partition key `orderId` (string), no sort key, a stream with new and old images, the time-to-live
   * attribute `expiresAt`. An imported table needs the ARN of its stream. Its indexes are `byPendingUntil` (`pendingShard`, and the number
   * `pendingUntil`) and those of `listOrdersBy`: `byCustomer` (`customerShard`, `listKey`), `byStatus` (`statusShard`, `listKey`) and
   * `byExternalReference` (`externalReferenceKey`, `listKey`), which project all attributes, or those in a list of orders.
   *
   * @default - a new table: on-demand, with point-in-time recovery
   */
  readonly ordersTable?: ITableV2;

  /**
   * Options of the processing queue and of `process-order`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly processOrder?: QueueConsumerOptions;

  /**
   * Options of `publish-order-changes`, which consumes the stream of the table.
   *
   * @default - see `HandlerOptions`
   */
  readonly publishOrderChanges?: HandlerOptions;

  /**
   * Options of `expire-pending-commands`, which refuses commands after `pendingCommandRetention`.
   *
   * @default - see `HandlerOptions`
   */
  readonly expirePendingCommands?: HandlerOptions;
}

/** Validates the options of `OrderProcessor`. */
export const validateProcessorOptions = (scope: Construct, props: OrderProcessorOptions & CommonOptions): ValidationError[] => [
  ...validateQueueConsumer('processOrder', props.processOrder),
  ...validateHandler('publishOrderChanges', props.publishOrderChanges),
  ...validateHandler('expirePendingCommands', props.expirePendingCommands),
  ...validateListKeys({ listOrdersBy: props.listOrdersBy }),
  ...validateCommon(props),
  ...validateOrderRetention(props),
  ...validateConfirmation(scope, props),
  props.ordersTable && !props.ordersTable.tableStreamArn
    ? '`ordersTable` must have a stream (NEW_AND_OLD_IMAGES); import it with TableV2.fromTableAttributes and its tableStreamArn'
    : undefined,
  sameEnvironment('ordersTable', scope, props.ordersTable, 'account and region', TABLE_ADVICE),
  ...validateWarmThroughput(props),
  props.ordersTable ? undefined : validateKeyRegion(scope, props.encryptionKey),
];
