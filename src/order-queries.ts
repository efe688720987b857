import { Duration } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions } from './options';
import { BundledFunction } from './private/bundled-function';
import { queriesFindings } from './private/findings';
import { letUseFilesTable, letUseTable } from './private/grants';
import { assertProps } from './private/validate';
import { withDefaults } from './private/with-defaults';
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
   * The table that is asked.
   */
  readonly ordersTable: ITableV2;

  /**
   * The files table that is asked, such as `BatchFileIngest.filesTable`.
   *
   * @default - no routes for files
   */
  readonly filesTable?: ITableV2;
}

/**
 * Answers questions on the API through which orders come: `GET /orders/{orderId}`, `GET /files/{fileId}` and `GET /files?state=`.
 *
 * Where API and tables are in different stacks, this construct belongs to the API's stack. A files table whose `BatchFileIngest` is in
 * another stack, and sends to the API's queue, has to be imported by its name, or the two stacks would need each other.
 */
export class OrderQueries extends Construct {
  /** Answers the routes for orders. It may read the orders table and nothing else. */
  public readonly queryOrders: LambdaFunction;

  /** Answers the routes for files. It may read the files table and nothing else. */
  public readonly queryFiles?: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderQueriesProps) {
    super(scope, id);
    assertProps(this, [
      ...queriesFindings(props),
      props.queryFiles && !props.filesTable ? 'queryFiles is of no use without filesTable' : undefined,
    ]);

    this.queryOrders = new BundledFunction(this, 'QueryOrders', {
      ...props,
      ...withDefaults({ timeout: Duration.seconds(10) }, props.queryOrders),
      handler: 'query-orders',
      description: 'Answers questions about orders',
    });
    letUseTable(this.queryOrders, props.ordersTable, 'dynamodb:GetItem');
    props.ingest.addRoute('GET', '/orders/{orderId}', this.queryOrders);
    if (props.filesTable) this.queryFiles = this.answerAboutFiles(props, props.filesTable);
  }

  private answerAboutFiles(props: OrderQueriesProps, filesTable: ITableV2): LambdaFunction {
    const queryFiles = new BundledFunction(this, 'QueryFiles', {
      ...props,
      ...withDefaults({ timeout: Duration.seconds(10) }, props.queryFiles),
      handler: 'query-files',
      description: 'Answers questions about order files',
    });
    letUseFilesTable(queryFiles, filesTable, 'dynamodb:GetItem', 'dynamodb:Query');
    props.ingest.addRoute('GET', '/files', queryFiles);
    props.ingest.addRoute('GET', '/files/{fileId}', queryFiles);
    return queryFiles;
  }
}
