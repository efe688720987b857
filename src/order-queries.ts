import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions } from './options';
import { apiFunction } from './private/api-function';
import { DEFAULT_EVENT_SOURCE, ORDERS_BY_CUSTOMER, ORDERS_BY_STATUS } from './private/contract';
import { validateQueriesOptions } from './private/findings';
import { grantPutEventsToHandler, grantFilesTableAccess, grantHistoryTableAccess, grantOrdersTableAccess } from './private/grants';
import { pageTokenKey } from './private/page-token-key';
import { assertProps } from './private/validate';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * What can be chosen about asking for orders.
 */
export interface OrderQueriesOptions {
  /**
   * Whether it is said on the bus, by an `OrderRead` event, who read an order: one by one, in a list, or its history. A read that cannot
   * be said is not answered.
   *
   * @default false
   */
  readonly auditReads?: boolean;

  /**
   * Sizes of the handler behind the routes.
   *
   * @default - see `HandlerOptions`
   */
  readonly queryOrders?: HandlerOptions;

  /**
   * Sizes of the handler behind the route for the events of an order.
   *
   * @default - see `HandlerOptions`
   */
  readonly queryOrderEvents?: HandlerOptions;

  /**
   * Sizes of the handler behind the routes for files.
   *
   * @default - see `HandlerOptions`
   */
  readonly queryFiles?: HandlerOptions;
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
   * The table that is asked, with the indexes that `OrderProcessor` gives it.
   */
  readonly ordersTable: ITableV2;

  /**
   * The history table that is asked, such as `OrderEventHistory.historyTable`.
   *
   * @default - no route for the events of an order
   */
  readonly historyTable?: ITableV2;

  /**
   * The files table that is asked, such as `BatchFileIngest.filesTable`.
   *
   * @default - no routes for files
   */
  readonly filesTable?: ITableV2;

  /**
   * The bus on which it is said who read an order. Only with `auditReads`.
   *
   * @default - none
   */
  readonly eventBus?: IEventBus;
}

/**
 * Answers questions on the API through which orders come: `GET /orders/{orderId}`, `GET /orders?customerId=&status=&from=&to=`,
 * `GET /orders/{orderId}/events`, `GET /files/{fileId}` and `GET /files?state=`.
 *
 * Where API and tables are in different stacks, this construct belongs to the API's stack. A files table whose `BatchFileIngest` is in
 * another stack, and sends to the API's queue, has to be imported by its name, or the two stacks would need each other.
 */
export class OrderQueries extends Construct {
  /** Answers the routes for orders. It may read the orders table and two of its indexes, and nothing else. */
  public readonly queryOrdersFunction: LambdaFunction;

  /** Answers the route for the events of an order. It may query the history table's index and nothing else. */
  public readonly queryOrderEventsFunction?: LambdaFunction;

  /** Answers the routes for files. It may read the files table and nothing else. */
  public readonly queryFilesFunction?: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderQueriesProps) {
    super(scope, id);
    assertProps(this, [
      ...validateQueriesOptions(props),
      props.queryFiles && !props.filesTable ? 'queryFiles is of no use without filesTable' : undefined,
      props.queryOrderEvents && !props.historyTable ? 'queryOrderEvents is of no use without historyTable' : undefined,
      props.auditReads && !props.eventBus ? 'auditReads needs eventBus, on which it is said who read an order' : undefined,
    ]);

    this.queryOrdersFunction = apiFunction(this, props, props.queryOrders, {
      handler: 'query-orders',
      description: 'Answers questions about orders',
      environment: pageTokenKey(this),
    });
    grantOrdersTableAccess(
      this.queryOrdersFunction, props.ordersTable, ['dynamodb:GetItem', 'dynamodb:Query'], ORDERS_BY_CUSTOMER.indexName, ORDERS_BY_STATUS.indexName,
    );
    grantReadAudit(this.queryOrdersFunction, props);
    props.ingest.addRoute('GET', '/orders', this.queryOrdersFunction);
    props.ingest.addRoute('GET', '/orders/{orderId}', this.queryOrdersFunction);
    if (props.historyTable) this.queryOrderEventsFunction = this.answerAboutEvents(props, props.historyTable);
    if (props.filesTable) this.queryFilesFunction = this.answerAboutFiles(props, props.filesTable);
  }

  private answerAboutEvents(props: OrderQueriesProps, historyTable: ITableV2): LambdaFunction {
    const queryOrderEvents = apiFunction(this, props, props.queryOrderEvents, {
      handler: 'query-order-events',
      description: 'Answers questions about what happened to an order',
      environment: pageTokenKey(this),
    });
    grantHistoryTableAccess(queryOrderEvents, historyTable, 'dynamodb:Query');
    grantReadAudit(queryOrderEvents, props);
    props.ingest.addRoute('GET', '/orders/{orderId}/events', queryOrderEvents);
    return queryOrderEvents;
  }

  private answerAboutFiles(props: OrderQueriesProps, filesTable: ITableV2): LambdaFunction {
    const queryFiles = apiFunction(this, props, props.queryFiles, {
      handler: 'query-files',
      description: 'Answers questions about order files',
      environment: pageTokenKey(this),
    });
    grantFilesTableAccess(queryFiles, filesTable, 'dynamodb:GetItem', 'dynamodb:Query');
    props.ingest.addRoute('GET', '/files', queryFiles);
    props.ingest.addRoute('GET', '/files/{fileId}', queryFiles);
    return queryFiles;
  }
}

/** Lets a handler say who read an order, where that is wanted: a handler that can publish nothing says nothing. */
function grantReadAudit(handler: LambdaFunction, { auditReads, eventBus, eventSource }: OrderQueriesProps): void {
  if (auditReads && eventBus) grantPutEventsToHandler(handler, eventBus, eventSource ?? DEFAULT_EVENT_SOURCE);
}
