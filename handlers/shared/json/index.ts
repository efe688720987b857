export * from './accepts';
export * from './exact-number';
export * from './field-error';
export * from './is-plainly-strict';
export * from './json-pointer';
export * from './strict-json';
export * from './utc-time';
export * from './validate-shape';
