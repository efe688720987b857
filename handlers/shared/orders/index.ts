export * from './clock-skew';
export * from './fingerprint';
export * from './ids';
export * from './order-change';
export * from './order-command';
export * from './order-rules';
export * from './order-shape';
export * from './order';
