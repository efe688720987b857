/** The time-to-live attribute of every table. */
export const EXPIRY_ATTRIBUTE = 'expiresAt';

/** Partition key of the orders table: the ID of an order or, in a pipeline with tenants, `<tenant>/<order ID>`. So it is in all tables by order. */
export const ORDER_KEY = 'orderId';

/**
 * Indexes of the orders table: orders by customer and by status, newest last. Shards of the key prevent a hot partition for each customer and
 * status: DynamoDB cannot split a partition whose sort key grows with time, and a throttled index throttles the table.
 */
export const ORDERS_BY_CUSTOMER = { indexName: 'byCustomer', partitionKey: 'customerShard', sortKey: 'listKey' } as const;
export const ORDERS_BY_STATUS = { indexName: 'byStatus', partitionKey: 'statusShard', sortKey: 'listKey' } as const;

/** Index of the orders table: orders by their number in another system. Only orders that have one are in it. */
export const ORDERS_BY_EXTERNAL_REFERENCE = { indexName: 'byExternalReference', partitionKey: 'externalReferenceKey', sortKey: 'listKey' } as const;

/** The indexes of lists of orders, by the query parameter that selects the orders. */
export const ORDER_LISTS = { customerId: ORDERS_BY_CUSTOMER, status: ORDERS_BY_STATUS, externalReference: ORDERS_BY_EXTERNAL_REFERENCE } as const;

/** Index of the orders table: orders with pending commands, by the time at which the first of them expires. */
export const ORDERS_BY_PENDING_UNTIL = { indexName: 'byPendingUntil', partitionKey: 'pendingShard', sortKey: 'pendingUntil' } as const;

/** Number of shards of an index key that many orders share. */
export const INDEX_SHARDS = 8;

/** The attributes of an order in a list. */
export const ORDER_SUMMARY = [
  'status', 'version', 'customerId', 'currency', 'total', 'placedAt', 'externalReference', 'salesChannel', 'tags', 'createdAt', 'updatedAt',
] as const;

/** The attribute that hides a rejected order from clients after a time, in Unix seconds. */
export const VISIBLE_UNTIL_ATTRIBUTE = 'visibleUntil';

/** The attribute of an order's item with the outcome of a command from a file. It is in the item until the next write. */
export const FILE_OUTCOME_ATTRIBUTE = 'fileOutcome';

/** Keys of the sequence table, which assigns a sequence number to every command of an order. */
export const SEQUENCE_KEYS = { partitionKey: 'orderId', sortKey: 'sequence' } as const;

/** Keys of the history table: the events of an order by time, sequence number and version. */
export const HISTORY_KEYS = { partitionKey: 'orderId', sortKey: 'listKey' } as const;

/** The sort key of the item that has the position of an event begins with this, and ends with the ID of the event. Those of events begin with a year. */
export const EVENT_POSITION = 'position#';

/** Keys of the files table: a file has one item for itself, and others for the outcomes of its orders. */
export const FILE_KEYS = { partitionKey: 'fileId', sortKey: 'part' } as const;

/** The sort key of a file's own item. */
export const FILE_PART = 'FILE';

/** Index of the files table: files by state, newest last. Only the items of the files themselves have its keys. */
export const FILES_BY_STATE = { indexName: 'byState', partitionKey: 'stateKey', sortKey: 'receivedAt' } as const;
