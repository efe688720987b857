export * from './create-event';
export * from './event';
export * from './outcome-of';
export * from './publish-batch';
export * from './publish-events';
