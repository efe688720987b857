export * from './count-outcomes';
export * from './env';
export * from './printable-id';
export * from './telemetry';
export * from './time-is-up';
