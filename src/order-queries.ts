import { Duration } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions } from './options';
import { BundledFunction } from './private/bundled-function';
import { queriesFindings } from './private/findings';
import { letUseTable } from './private/grants';
import { assertProps } from './private/validate';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * What can be chosen about asking for orders.
 */
export interface OrderQueriesOptions {
  /**
   * Sizes of the handler behind the routes.
   *
   * @default - see `HandlerOptions`
   */
  readonly queryOrders?: HandlerOptions;
}

/**
 * Properties of `OrderQueries`.
 */
export interface OrderQueriesProps extends CommonOptions, OrderQueriesOptions {
  /**
   * The door whose API gets the routes.
   */
  readonly ingest: RealtimeOrderIngest;

  /**
   * The table that is asked.
   */
  readonly ordersTable: ITableV2;
}

/**
 * Answers questions about orders, on the API through which they came: `GET /orders/{orderId}`.
 */
export class OrderQueries extends Construct {
  /** Answers the routes. It may read the table and nothing else. */
  public readonly queryOrders: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderQueriesProps) {
    super(scope, id);
    assertProps(this, queriesFindings(props));

    this.queryOrders = new BundledFunction(this, 'QueryOrders', {
      ...props,
      timeout: Duration.seconds(10),
      ...props.queryOrders,
      handler: 'query-orders',
      description: 'Answers questions about orders',
    });
    letUseTable(this.queryOrders, props.ordersTable, 'dynamodb:GetItem');
    props.ingest.addRoute('GET', '/orders/{orderId}', this.queryOrders);
  }
}
