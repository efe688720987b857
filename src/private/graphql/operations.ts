import type { GraphqlFeatures } from './api-types';
import { PUBLISH_MUTATION } from '../contract';

/** A field of `Query`, `Mutation` or `Subscription`. */
export interface GraphqlOperation {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly type: string;
  readonly directives?: string;
  readonly description: string;
}

const operation = (name: string, args: readonly string[], type: string, description: string, directives?: string): GraphqlOperation =>
  ({ name, arguments: args, type, description, ...(directives === undefined ? {} : { directives }) });

const PAGE = ['limit: Int', 'nextToken: String'];

/** The queries: those of the REST API. */
export const queriesOf = ({ history, files }: GraphqlFeatures): GraphqlOperation[] => [
  operation('order', ['orderId: ID!'], 'OrderView', 'An order. Null if it does not exist, or is of another customer or tenant.'),
  operation('orders', [
    'customerId: String', 'externalReference: String', 'status: OrderStatus', 'from: AWSDateTime', 'to: AWSDateTime', ...PAGE,
  ], 'OrderList!', 'The orders of a customer, with an external reference, in a status, or one of the former in a status; from is inclusive, to is exclusive.'),
  ...(history ? [operation('orderHistory', ['orderId: ID!', ...PAGE], 'OrderHistory', 'The events of an order. Null if there are none.')] : []),
  ...(files ? [
    operation('file', ['fileId: ID!'], 'OrderFile', 'A file. Null if it does not exist.'),
    operation('files', ['state: OrderFileState!', ...PAGE], 'OrderFileList!', 'The files in a state.'),
    operation('fileOrders', ['fileId: ID!', ...PAGE], 'RejectedFileOrderList', 'The rejected orders of a file. Null if the file does not exist.'),
  ] : []),
];

/** The mutations: those of the REST API, and the one with which the pipeline publishes to subscribers. */
export const mutationsOf = ({ changes, cancellations, subscriptions }: GraphqlFeatures, isForClients: boolean): GraphqlOperation[] => [
  operation('placeOrder', ['order: OrderInput', 'orderJson: AWSJSON', 'idempotencyKey: String'], 'CommandResult!', 'Places an order, given as order or as orderJson.'),
  ...(changes ? [operation(
    'changeOrder', ['orderId: ID!', 'patch: OrderInput', 'patchJson: AWSJSON', 'expectedVersion: Int', 'idempotencyKey: String'], 'CommandResult!',
    'Changes an order by a JSON merge patch, given as patch or as patchJson: null removes a field.',
  )] : []),
  ...(cancellations ? [operation(
    'cancelOrder', ['orderId: ID!', 'reason: String', 'expectedVersion: Int', 'idempotencyKey: String'], 'CommandResult!', 'Cancels an order.',
  )] : []),
  ...(subscriptions && !isForClients ? [operation(PUBLISH_MUTATION, ['change: OrderChangeInput!'], 'OrderChange', 'For the pipeline only.', ' @aws_iam')] : []),
];

/** The subscriptions. */
export const subscriptionsOf = ({ subscriptions }: GraphqlFeatures, isForClients: boolean): GraphqlOperation[] => {
  const directive = isForClients ? undefined : ` @aws_subscribe(mutations: ["${PUBLISH_MUTATION}"])`;
  return subscriptions ? [
    operation('orderChanged', ['orderId: ID!'], 'OrderChange', 'The events of an order.', directive),
    operation('customerOrdersChanged', ['customerId: String!'], 'OrderChange', 'The events of the orders of a customer.', directive),
  ] : [];
};
