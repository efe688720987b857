export * from './consume-batch';
export * from './dead-letter-input';
export * from './errors';
export * from './pack';
export * from './parse-message';
export * from './process-in-groups';
export * from './retry-failed-entries';
export * from './serial-by-key';
