import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { LocalAws } from './local-aws';

const BIN = join(__dirname, '..', '..', 'bin', 'cdk-order-pipeline.js');

/** What the command printed, and the status with which it ended. */
export interface CommandResult {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs `cdk-order-pipeline redrive` as people do. */
export const redriveCommand = (local: LocalAws, ...args: string[]): Promise<CommandResult> => new Promise((resolve) => {
  execFile(process.execPath, [BIN, 'redrive', ...args], { env: local.env }, (error, output, errors) => {
    // Somebody who is killed has no status.
    resolve({ status: typeof error?.code === 'number' ? error.code : Number(error !== null), output, errors });
  });
});
