export * from './accepts';
export * from './field-error';
export * from './find-violations';
export * from './is-plainly-strict';
export * from './json-pointer';
export * from './strict-json';
export * from './utc-time';
export * from './validate-shape';
