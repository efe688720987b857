export * from './assign-sequence';
export * from './run-validation-hook';
export * from './validate-command';
export * from './validate-and-assign';
export * from './validation-hook';
