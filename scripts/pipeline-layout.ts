/** Where each part of a pipeline stands in the picture: six columns, rows from the top. The order of the rows is an order's path. */

/** A cell of the grid, in columns and rows; fractions are allowed. */
export interface Cell {
  readonly column: number;
  readonly row: number;
  /** How many columns it spans. */
  readonly columns: number;
  /** How many rows it spans. */
  readonly rows: number;
}

/** A box of the picture. */
export interface PlacedBox extends Cell {
  readonly label: string;
  /** A second, smaller line. Functions behind the API show their routes instead. */
  readonly note?: string;
}

const at = (column: number, row: number, label: string, { columns = 1, rows = 1, note }: Partial<PlacedBox> = {}): PlacedBox =>
  ({ column, row, columns, rows, label, note });

export const LAYOUT: Record<string, PlacedBox> = {
  IngestApi: at(0, 0, 'REST API', { columns: 3, note: 'orders, one at a time' }),
  IngestReceiveOrder: at(0, 1.5, 'receive-order'),
  LifecycleReceiveOrderChange: at(1, 1.5, 'receive-order-change'),
  LifecycleReceiveOrderCancellation: at(2, 1.5, 'receive-order-cancellation'),
  IngestOrdersQueue: at(0, 3, 'orders queue', { columns: 3, note: 'FIFO; one message group per order' }),
  IngestValidateOrder: at(0, 4, 'validate-order', { columns: 2, note: 'business rules, sequence number' }),
  IngestSequenceTable: at(2, 4, 'sequence table'),

  FilesBucket: at(3, 0, 'S3 bucket', { note: 'incoming/ · reports/' }),
  FilesFilesQueue: at(3, 1, 'files queue'),
  FilesValidateFile: at(3, 2, 'validate-file'),
  FilesValidFilesQueue: at(3, 3, 'valid-files queue'),
  FilesExtractOrders: at(3, 4, 'extract-orders'),
  FilesAlertTopic: at(4, 1, 'alert topic'),
  FilesFilesTable: at(4, 2, 'files table', { rows: 3 }),
  FileOutcomesRecordFileOutcomes: at(5, 2, 'record-file-outcomes', { note: 'from orders table' }),
  QueriesQueryFiles: at(5, 3, 'query-files'),

  BusIngestPlacementQueue: at(5, 0, 'placement queue', { note: 'orders on the bus' }),
  BusIngestReceiveOrderEvent: at(5, 1, 'receive-order-event', { note: 'to the orders queue' }),

  EventsBus: at(0, 5, 'event bus', { columns: 6, note: 'OrderValidated · OrderConfirmed · OrderChanged · OrderCancelled · OrderRejected · …   with an archive' }),

  ProcessorProcessingQueue: at(0, 6, 'processing queue'),
  LifecycleChangeQueue: at(1, 6, 'change queue'),
  LifecycleCancellationQueue: at(2, 6, 'cancellation queue'),
  LifecycleFulfillmentQueue: at(3, 6, 'fulfillment queue'),
  HistoryHistoryQueue: at(5, 6, 'history queue'),
  ProcessorProcessOrder: at(0, 7, 'process-order'),
  LifecycleChangeOrder: at(1, 7, 'change-order'),
  LifecycleCancelOrder: at(2, 7, 'cancel-order'),
  LifecycleFulfillOrder: at(3, 7, 'fulfill-order'),
  ProcessorPublishOrderChanges: at(4, 7, 'publish-order-changes', { note: 'DynamoDB stream' }),
  HistoryRecordOrderEvent: at(5, 7, 'record-order-event'),
  ProcessorOrdersTable: at(0, 8, 'orders table', { columns: 5 }),
  HistoryHistoryTable: at(5, 8, 'history table'),
  QueriesQueryOrders: at(0, 9, 'query-orders', { columns: 2 }),
  ProcessorExpirePendingCommands: at(2, 9, 'expire-pending-commands', { note: 'every 15 minutes' }),
  RedriveRedriveDeadLetters: at(3, 9, 'redrive-dead-letters', { columns: 2, note: 'from each DLQ back to its source' }),
  QueriesQueryOrderEvents: at(5, 9, 'query-order-events'),
};

/** Boxes for what an app adds. */
export const YOURS: PlacedBox = at(5, 4, 'your targets', { note: 'onOrderConfirmed(…)' });

/** Arrows that would hide the path of an order, and why they exist. */
export const NOT_DRAWN: readonly (readonly [from: string, to: string])[] = [
  // A file that takes longer than one invocation continues through its own queue.
  ['FilesExtractOrders', 'FilesValidFilesQueue'],
  // Commands that other systems publish get their sequence number here, and are refused here if they are malformed.
  ...['ChangeOrder', 'CancelOrder', 'FulfillOrder'].flatMap((name) => [[`Lifecycle${name}`, 'IngestSequenceTable'], [`Lifecycle${name}`, 'EventsBus']] as const),
  ['RedriveRedriveDeadLetters', 'EventsBus'],
  // Its events are in the history before they are on the bus.
  ['IngestValidateOrder', 'HistoryHistoryTable'],
  // What became of the orders of files comes back from the other end of the picture, and is announced when it is complete.
  ['ProcessorOrdersTable', 'FileOutcomesRecordFileOutcomes'], ['FileOutcomesRecordFileOutcomes', 'EventsBus'], ['FilesExtractOrders', 'FilesAlertTopic'],
  // Orders of other systems come from the bus, and are sent to the orders queue.
  ['EventsBus', 'BusIngestPlacementQueue'], ['BusIngestReceiveOrderEvent', 'IngestOrdersQueue'],
];
