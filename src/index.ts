// In the order in which an order passes.
export * from './order-pipeline';
export * from './realtime-order-ingest';
export * from './batch-file-ingest';
export * from './batch-file-options';
export * from './order-event-bus';
export * from './order-processor';
export * from './order-queries';
export * from './options';
