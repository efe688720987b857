export * from './consume-batch';
export * from './dead-letter-input';
export * from './message-groups';
export * from './pack';
export * from './parse-message';
export * from './poison-message';
export * from './retryable-error';
export * from './serial-by-key';
