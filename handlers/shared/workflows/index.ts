export * from './execution-name';
export * from './order-task';
export * from './read-task-message';
export * from './read-trigger-event';
export * from './task-answer';
export * from './task-request';
