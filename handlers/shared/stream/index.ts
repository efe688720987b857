export * from './stream-record';
