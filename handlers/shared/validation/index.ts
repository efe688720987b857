export * from './assign-sequence';
export * from './run-validation-hook';
export * from './validate-batch';
export * from './validate-command';
export * from './validation-hook';
