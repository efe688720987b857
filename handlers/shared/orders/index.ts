export * from './fingerprint';
export * from './ids';
export * from './order-change';
export * from './order-document';
export * from './order-facts';
export * from './order-model';
export * from './order-states';
export * from './standard-order';
