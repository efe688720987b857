export * from './order-file-error';
export * from './order-file-limits';
export * from './order-file-part';
export * from './order-file-position';
export * from './order-file-splitter';
export * from './order-id-index';
export * from './parse-raw-order';
export * from './read-order-file';
