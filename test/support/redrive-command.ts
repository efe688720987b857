import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { LocalAws } from './local-aws';

const BIN = join(__dirname, '..', '..', 'bin', 'cdk-order-pipeline.js');

/** The output and the exit status of the command. */
export interface CommandResult {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs `cdk-order-pipeline redrive`. */
export const redriveCommand = (local: LocalAws, ...args: string[]): Promise<CommandResult> => new Promise((resolve) => {
  execFile(process.execPath, [BIN, 'redrive', ...args], { env: local.env }, (error, output, errors) => {
    // A killed process has no exit status.
    resolve({ status: typeof error?.code === 'number' ? error.code : Number(error !== null), output, errors });
  });
});
