export * from './create-event';
export * from './event';
export * from './total-parts';
export * from './outcome-of';
export * from './publish-batch';
export * from './publish-events';
