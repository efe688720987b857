// From the lowest folder to the highest: each imports only from those before it.
export * from './telemetry';
export * from './json';
export * from './messaging';
export * from './orders';
export * from './events';
export * from './order-file';
export * from './validation';
export * from './lifecycle';
export * from './http';
export * from './queries';
export * from './files';
export * from './redrive';
