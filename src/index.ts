// In the order in which an order passes.
export * from './order-pipeline';
export * from './realtime-order-ingest';
export * from './realtime-order-options';
export * from './batch-file-ingest';
export * from './batch-file-options';
export * from './order-event-bus';
export * from './order-event-options';
export * from './order-event-rule';
export * from './order-processor';
export * from './order-lifecycle-flows';
export * from './order-lifecycle-options';
export * from './order-event-history';
export * from './order-queries';
export * from './order-pipeline-monitoring';
export * from './order-pipeline-monitoring-options';
export * from './order-redrive';
export * from './options';
