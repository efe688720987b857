export * from './count-outcomes';
export * from './env';
export * from './id-formats';
export * from './outcome';
export * from './telemetry';
export * from './time-is-up';
