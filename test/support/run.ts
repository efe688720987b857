export { run, type RunOptions } from '../../cli/local/system/run-program';
