/**
 * By what `GET /orders` and the GraphQL API list orders. The value is the name of the query parameter.
 */
export enum OrderListKey {
  /** The customer of the orders. Live updates of a customer need it. */
  CUSTOMER = 'customerId',

  /** The status of the orders. A list by another key can also be limited to a status. */
  STATUS = 'status',

  /** The number of the order in another system. Only orders that have one are in its index. */
  EXTERNAL_REFERENCE = 'externalReference',
}

/**
 * Options of lists of orders.
 */
export interface OrderListOptions {
  /**
   * By what orders can be listed. Each key is an index of the table of orders, which costs a write for every write of an order. With `[]`, orders are
   * not listed: the API has no route `GET /orders`. CloudFormation creates or deletes one index of a table per deployment.
   *
   * @default - the indexes that `OrderProcessor` gave the table, which are all unless it has this prop; all for another table
   */
  readonly listOrdersBy?: OrderListKey[];
}
