export * from './count-outcomes';
export * from './env';
export * from './id-formats';
export * from './telemetry';
export * from './time-is-up';
