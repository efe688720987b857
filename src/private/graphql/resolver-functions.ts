import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { graphqlOperators } from './features-of';
import type { OrderGraphqlApiProps } from '../../order-graphql-options';
import { apiFunction } from '../api-function';
import { callerSettings } from '../callers/caller-settings';
import { grantFilesTableAccess, grantListEvents, grantListFiles, grantOrdersTableAccess, grantPutEventsToHandler, grantSendMessages } from '../grants';
import { MAX_ORDER_SIZE } from '../limits';
import { grantListOrders } from '../order-lists';
import { pageTokenKey } from '../page-token-key';
import { pipelineEvents } from '../pipeline-events';
import { setEnv } from '../set-env';

/** Creates the function that resolves queries. It reads, and writes nothing but audits to the bus. */
export function queryFunction(scope: Construct, props: OrderGraphqlApiProps): LambdaFunction {
  const handler = apiFunction(scope, props, props.resolveGraphqlQuery, {
    handler: 'resolve-graphql-query', description: 'Resolves queries of the GraphQL API', environment: pageTokenKey(scope),
  });
  grantListOrders(handler, props);
  if (props.historyTable) grantListEvents(handler, props.historyTable);
  if (props.filesTable) {
    grantFilesTableAccess(handler, props.filesTable, 'dynamodb:GetItem', 'dynamodb:Query');
    grantListFiles(handler, props.filesTable);
  }
  if (props.auditReads) grantPutEventsToHandler(handler, pipelineEvents(scope, props));
  setCallers(scope, handler, props);
  return handler;
}

/** Creates the function that resolves mutations. It sends commands, and reads an order only to know whose it is. */
export function mutationFunction(scope: Construct, props: OrderGraphqlApiProps): LambdaFunction {
  const handler = apiFunction(scope, props, props.resolveGraphqlMutation, {
    handler: 'resolve-graphql-mutation',
    description: 'Resolves mutations of the GraphQL API: sends commands to the orders queue',
    environment: { MAX_ORDER_SIZE: String((props.maxOrderSize ?? MAX_ORDER_SIZE).toBytes()) },
  });
  grantSendMessages(handler, props.ordersQueue, 'ORDERS_QUEUE_URL');
  if (props.customerClaim !== undefined) grantOrdersTableAccess(handler, props.ordersTable, ['dynamodb:GetItem']);
  setCallers(scope, handler, props);
  return handler;
}

function setCallers(scope: Construct, handler: LambdaFunction, { tenants, customerClaim, operators }: OrderGraphqlApiProps): void {
  const known = graphqlOperators({ operators });
  const settings = callerSettings(scope, { tenants, customerClaim, ...(known.length > 0 ? { operators: known } : {}) }, undefined);
  if (settings !== undefined) setEnv(handler, 'CALLERS', settings);
}
