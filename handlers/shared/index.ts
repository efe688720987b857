// In order of layers, lowest first: each folder imports only from the folders before it.
export * from './telemetry';
export * from './json';
export * from './messaging';
export * from './orders';
export * from './commands';
export * from './events';
export * from './order-file';
export * from './validation';
export * from './lifecycle';
export * from './http';
export * from './queries';
export * from './workflows';
export * from './files';
export * from './stream';
export * from './webhooks';
export * from './live';
export * from './redrive';
