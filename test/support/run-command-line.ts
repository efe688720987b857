import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LocalAws } from './local-aws';

const BIN = join(__dirname, '..', '..', 'bin', 'cdk-order-pipeline.js');

/** The output and the exit status of the command. */
export interface CommandResult {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

type Environment = Pick<LocalAws, 'env'>;

/** Runs `cdk-order-pipeline try`. */
export const tryCommand = (environment: Environment, ...args: string[]): Promise<CommandResult> => startCommand(environment, ['try', ...args]);

/** Runs `cdk-order-pipeline redrive`. */
export const redriveCommand = (environment: Environment, ...args: string[]): Promise<CommandResult> => startCommand(environment, ['redrive', ...args]);

/** Runs `cdk-order-pipeline redrive`, and interrupts it as Ctrl-C does when it has printed a text on standard error. */
export const interruptedRedriveCommand = (environment: Environment, text: string, ...args: string[]): Promise<CommandResult> =>
  startCommand(environment, ['redrive', ...args], text);

type Start = (environment: Environment, args: readonly string[], interruptAfter?: string) => Promise<CommandResult>;
const startCommand: Start = ({ env }, args, interruptAfter) => new Promise((resolve, reject) => {
  const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors, isInterrupted] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { output += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
    if (interruptAfter === undefined || isInterrupted || !errors.includes(interruptAfter)) return;
    isInterrupted = true;
    child.kill('SIGINT');
  });
  // A killed process has no exit status.
  child.on('close', (status) => { resolve({ status: status ?? 1, output, errors }); }).on('error', reject);
});

/** Runs `cdk-order-pipeline erase`. */
export const eraseCommand = (environment: Environment, ...args: string[]): Promise<CommandResult> => startCommand(environment, ['erase', ...args]);

/** Runs `cdk-order-pipeline replay-stream`. */
export const replayStreamCommand = (environment: Environment, ...args: string[]): Promise<CommandResult> => startCommand(environment, ['replay-stream', ...args]);
