export * from './command-definition';
export * from './file-outcome';
export * from './order-command';
export * from './order-item';
export * from './refusal';
export * from './registry';
export * from './rejection';
export * from './sequenced-command';
