export * from './caller';
export * from './identify-command';
export * from './identify-order';
export * from './json-body';
export * from './problem';
export * from './receive-command';
export * from './request-headers';
export * from './rest-handler';
