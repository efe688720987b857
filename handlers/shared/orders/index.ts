export * from './fingerprint';
export * from './ids';
export * from './order-change';
export * from './order-rules';
export * from './order-shape';
export * from './order-states';
export * from './order';
