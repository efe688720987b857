import {
  createPaginationToken, isVisible, maySee, ORDER_ID_PATTERN, orderKey, orderListQuery, orderNotFound, orderSummary, readListKeys, report,
  type ApiRequest, type Caller, type OrderItem,
} from '#shared';
import type { PublisherEnv } from './event-bus';
import { orderReadPublisher } from './order-read-publisher';
import { listOrders } from './orders-index';
import { getOrder } from './orders-table';

/** What the reader of orders needs of the environment of its handler. */
interface OrderReaderEnv extends Partial<PublisherEnv> {
  readonly ORDERS_TABLE_NAME: string;
  readonly TOKEN_KEY: string;
  /** By what orders are listed. Absent if it is by all keys. */
  readonly LIST_KEYS?: string;
}

/** The reader of orders for callers of the API. It publishes an event for each order that it returns, if reads are audited. */
export function orderReader(env: OrderReaderEnv) {
  const publishOrderReads = orderReadPublisher(env);
  const listKeys = readListKeys(env.LIST_KEYS);
  return {
    /**
     * Reads an order.
     *
     * @throws Problem 404 for an order that does not exist, or that the caller may not see.
     */
    async get(request: ApiRequest, orderId: string, correlationId: string, caller: Caller): Promise<OrderItem> {
      const key = orderKey({ orderId, tenant: caller.tenant });
      const item = ORDER_ID_PATTERN.test(orderId) ? await getOrder(env.ORDERS_TABLE_NAME, key) : undefined;
      if (!isVisible(item, new Date()) || !maySee(caller, item)) throw orderNotFound();
      await publishOrderReads(request, correlationId, caller, [item]);
      report('order read', [{ outcome: 'OrderRead', orderId: key, correlationId }]);
      return item;
    },

    /**
     * Lists orders by the query of the request. Omits rejections after their retention period, so a page may be shorter than its limit even if more
     * pages follow.
     */
    async list(request: ApiRequest, correlationId: string, caller: Caller): Promise<Record<string, unknown>> {
      const query = orderListQuery(request, env.TOKEN_KEY, caller, listKeys);
      const { orders, next } = await listOrders(env.ORDERS_TABLE_NAME, query);
      const now = new Date();
      const visible = orders.filter((order) => isVisible(order, now));
      await publishOrderReads(request, correlationId, caller, visible);
      report('orders listed', [{ outcome: 'OrdersListed', correlationId }]);
      const nextToken = next === undefined ? {} : { nextToken: createPaginationToken(env.TOKEN_KEY, query.tokenScope, next) };
      return { items: visible.map(orderSummary), ...nextToken };
    },
  };
}
