import {
  assertSeesAllCustomers, fileView, hasOutcomes, isPastTimeToLive, isVisible, maySee, orderKey, orderListQuery, orderNotFound, orderSummary,
  orderView, otherCustomer, Problem, tenantField,
  type Caller, type LiveTarget, type OrderItem,
} from '#shared';
import { countFileOutcomes } from './file-outcomes-table';
import { getFile } from './files-table';
import { listOrders } from './orders-index';
import { getOrder } from './orders-table';

interface StateEnv {
  readonly ORDERS_TABLE_NAME: string;
  /** Absent if the pipeline has no files. */
  readonly FILES_TABLE_NAME?: string;
}

/** The state of a target, and the orders that it contains. */
export interface LiveState {
  readonly state: Readonly<Record<string, unknown>>;
  readonly orders: readonly Pick<OrderItem, 'orderId' | 'version'>[];
}

/** The number of orders in the state of a customer. */
const MAX_ORDERS = '25';

/**
 * Makes the function that reads the state of a target.
 *
 * @throws Problem 404 when the target does not exist or is not the caller's, 403 for another customer and for files if the caller is a customer.
 */
export const stateReader = (env: StateEnv) => (target: LiveTarget, caller: Caller, now: Date): Promise<LiveState> => {
  if ('orderId' in target) return stateOfOrder(env, target.orderId, caller, now);
  return 'customerId' in target ? stateOfCustomer(env, target.customerId, caller, now) : stateOfFile(env, target.fileId, caller, now);
};

async function stateOfOrder({ ORDERS_TABLE_NAME }: StateEnv, orderId: string, caller: Caller, now: Date): Promise<LiveState> {
  const order = await getOrder(ORDERS_TABLE_NAME, orderKey({ ...tenantField(caller), orderId }));
  if (!isVisible(order, now) || !maySee(caller, order)) throw orderNotFound();
  return { state: orderView(order), orders: [order] };
}

async function stateOfCustomer({ ORDERS_TABLE_NAME }: StateEnv, customerId: string, caller: Caller, now: Date): Promise<LiveState> {
  if (caller.customerId !== undefined && caller.customerId !== customerId) throw otherCustomer('/customerId');
  const request = { queryStringParameters: { customerId, limit: MAX_ORDERS }, multiValueQueryStringParameters: null };
  const { orders } = await listOrders(ORDERS_TABLE_NAME, orderListQuery(request, '', caller));
  const visible = orders.filter((order) => isVisible(order, now));
  return { state: { items: visible.map(orderSummary) }, orders: visible };
}

async function stateOfFile({ FILES_TABLE_NAME }: StateEnv, fileId: string, caller: Caller, now: Date): Promise<LiveState> {
  assertSeesAllCustomers(caller);
  const file = FILES_TABLE_NAME === undefined ? undefined : await getFile(FILES_TABLE_NAME, fileId);
  const isHidden = file?.tenant !== caller.tenant && !(caller.isOperator && file?.tenant === undefined);
  if (!file || isHidden || isPastTimeToLive(file, now)) throw new Problem(404, 'file-not-found', 'the file does not exist; a newly uploaded file appears within seconds');
  const outcomes = hasOutcomes(file) && !file.outcomes ? await countFileOutcomes(FILES_TABLE_NAME!, fileId) : undefined;
  return { state: fileView(file, outcomes), orders: [] };
}
