export * from './create-event';
export * from './event';
export * from './order-total';
export * from './outcome-of';
export * from './publish-batch';
export * from './publish-events';
