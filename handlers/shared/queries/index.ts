export * from './history-page';
export * from './history-record';
export * from './list-query';
export * from './order-list-page';
export * from './order-list-query';
export * from './order-read-event';
export * from './order-view';
export * from './pagination-token';
