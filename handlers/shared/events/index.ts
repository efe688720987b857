export * from './create-event';
export * from './event';
export * from './outcome-of';
export * from './publish-event';
export * from './publish-events';
export * from './publish-outcomes';
export * from './rejection';
