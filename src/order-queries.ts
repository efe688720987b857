import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ApiHandlerOptions, CommonOptions } from './options';
import type { OrderListOptions } from './order-list-key';
import { addRoutes, READ_METHODS } from './private/api/routes';
import { apiFunction } from './private/api-function';
import { serviceNameOf } from './private/bundled-function';
import { FILE_ORDERS_PATH } from './private/contract';
import { grantPutEventsToHandler, grantFilesTableAccess, grantListEvents, grantListFiles, grantOrdersTableAccess } from './private/grants';
import { grantListOrders, listKeysOf, validateListKeys } from './private/order-lists';
import { pageTokenKey } from './private/page-token-key';
import { pipelineEvents } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { assertProps, cannotBeSet, type ValidationError } from './private/validate';
import { validateApiHandler } from './private/validate-consumer';
import { sameEnvironment, TABLE_ADVICE } from './private/validate-environment';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * Options of `OrderQueries`.
 */
export interface OrderQueriesOptions {
  /**
   * Whether to publish an `OrderRead` event with the caller for each order that a response contains: a single order, a list, or a history.
   * A request is answered only after its events are published.
   *
   * @default false
   */
  readonly auditReads?: boolean;

  /**
   * Options of `query-orders`, which answers the routes for orders.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly queryOrders?: ApiHandlerOptions;

  /**
   * Options of `query-order-events`, which answers the route for the events of an order. Cannot be set without `historyTable`.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly queryOrderEvents?: ApiHandlerOptions;

  /**
   * Options of `query-files`, which answers the routes for files. Cannot be set without `filesTable`.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly queryFiles?: ApiHandlerOptions;
}

/**
 * Properties of `OrderQueries`.
 */
export interface OrderQueriesProps extends CommonOptions, OrderQueriesOptions, OrderListOptions {
  /**
   * The construct whose API gets the routes.
   */
  readonly ingest: RealtimeOrderIngest;

  /**
   * The table of orders with the indexes of `OrderProcessor.ordersTable` for `listOrdersBy`.
   */
  readonly ordersTable: ITableV2;

  /**
   * The table of events, such as `OrderEventHistory.historyTable`.
   *
   * @default - no route for the events of an order
   */
  readonly historyTable?: ITableV2;

  /**
   * The table of files, such as `BatchFileIngest.filesTable`.
   *
   * @default - no routes for files
   */
  readonly filesTable?: ITableV2;

  /**
   * The bus for `OrderRead` events. Required when `auditReads` is true.
   *
   * @default - no events are published
   */
  readonly eventBus?: IEventBus;
}

/**
 * Answers queries over the API of `RealtimeOrderIngest`: `GET /orders/{orderId}`, `GET /orders?customerId=&status=&from=&to=`,
 * `GET /orders/{orderId}/events`, `GET /files/{fileId}`, `GET /files/{fileId}/orders?outcome=REJECTED` and `GET /files?state=`.
 *
 * Create it in the stack of the API. When `BatchFileIngest` is in another stack and sends to the orders queue of the API's stack, import its
 * files table by name, or the two stacks depend on each other.
 */
export class OrderQueries extends Construct {
  /** Answers the routes for orders. It has read access to the orders table and the indexes of its lists. */
  public readonly queryOrdersFunction: LambdaFunction;

  /** Answers the route for the events of an order. It has query access to the history table. Undefined without `historyTable`. */
  public readonly queryOrderEventsFunction?: LambdaFunction;

  /** Answers the routes for files. It has read access to the files table. Undefined without `filesTable`. */
  public readonly queryFilesFunction?: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderQueriesProps) {
    super(scope, id);
    assertProps(this, [
      ...validateQueriesOptions(props),
      ...validateListKeys(props),
      ...(props.filesTable ? [] : cannotBeSet(props, ['queryFiles'], 'without `filesTable`')),
      ...(props.historyTable ? [] : cannotBeSet(props, ['queryOrderEvents'], 'without `historyTable`')),
      ...(['ordersTable', 'historyTable', 'filesTable'] as const).map((prop) => sameEnvironment(prop, this, props[prop], 'account and region', TABLE_ADVICE)),
      props.auditReads && !props.eventBus ? '`auditReads` needs `eventBus`, on which reads are published' : undefined,
    ]);

    this.queryOrdersFunction = apiFunction(this, props, props.queryOrders, {
      handler: 'query-orders',
      description: 'Answers queries of orders',
      environment: pageTokenKey(this),
    });
    grantListOrders(this.queryOrdersFunction, props);
    grantReadAudit(this, this.queryOrdersFunction, props);
    addRoutes(props.ingest, this.queryOrdersFunction, {
      methods: READ_METHODS, paths: [...(listKeysOf(props).length > 0 ? ['/orders'] : []), '/orders/{orderId}'], authentication: props.ingest._api.authenticationOf('readOrders'),
    });
    if (props.historyTable) this.queryOrderEventsFunction = this.addEventRoutes(props, props.historyTable);
    if (props.filesTable) this.queryFilesFunction = this.addFileRoutes(props, props.filesTable);
    describePart(this, {
      name: 'Queries',
      serviceName: serviceNameOf(this, props),
      apiFunctions: [this.queryOrdersFunction, this.queryOrderEventsFunction, this.queryFilesFunction],
    });
  }

  private addEventRoutes(props: OrderQueriesProps, historyTable: ITableV2): LambdaFunction {
    const queryOrderEvents = apiFunction(this, props, props.queryOrderEvents, {
      handler: 'query-order-events',
      description: 'Answers queries of the events of an order',
      environment: pageTokenKey(this),
    });
    grantListEvents(queryOrderEvents, historyTable);
    if (props.ingest._api.hasCustomers) grantOrdersTableAccess(queryOrderEvents, props.ordersTable, ['dynamodb:GetItem']);
    grantReadAudit(this, queryOrderEvents, props);
    addRoutes(props.ingest, queryOrderEvents, {
      methods: READ_METHODS, paths: ['/orders/{orderId}/events'], authentication: props.ingest._api.authenticationOf('readOrders'),
    });
    return queryOrderEvents;
  }

  private addFileRoutes(props: OrderQueriesProps, filesTable: ITableV2): LambdaFunction {
    const queryFiles = apiFunction(this, props, props.queryFiles, {
      handler: 'query-files',
      description: 'Answers queries of order files',
      environment: pageTokenKey(this),
    });
    grantFilesTableAccess(queryFiles, filesTable, 'dynamodb:GetItem', 'dynamodb:Query');
    grantListFiles(queryFiles, filesTable);
    addRoutes(props.ingest, queryFiles, {
      methods: READ_METHODS, paths: ['/files', '/files/{fileId}', FILE_ORDERS_PATH], authentication: props.ingest._api.authenticationOf('readFiles'),
    });
    return queryFiles;
  }
}

/** Grants a handler to publish reads when they are audited. The handler publishes reads only when it has a bus. */
function grantReadAudit(scope: Construct, handler: LambdaFunction, { auditReads, eventBus, ...props }: OrderQueriesProps): void {
  if (auditReads && eventBus) grantPutEventsToHandler(handler, pipelineEvents(scope, { ...props, eventBus }));
}

/** Validates the options of `OrderQueries`. */
export const validateQueriesOptions = (props: OrderQueriesOptions): ValidationError[] => [
  ...validateApiHandler('queryOrders', props.queryOrders),
  ...validateApiHandler('queryOrderEvents', props.queryOrderEvents),
  ...validateApiHandler('queryFiles', props.queryFiles),
];
