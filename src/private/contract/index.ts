/**
 * The names and values that constructs and handlers share.
 *
 * Constructs set them, handlers read them, and `test/contract.test.ts` compares the two. Handlers are bundled from outside of `src`, so
 * these files import nothing else.
 */
export * from './api';
export * from './confirmation';
export * from './console';
export * from './events';
export * from './files';
export * from './graphql';
export * from './handlers';
export * from './live';
export * from './local';
export * from './order-model';
export * from './outputs';
export * from './retries';
export * from './tables';
export * from './tenants';
export * from './webhooks';
export * from './workflows';
