import { spawn } from 'node:child_process';

/** The working directory and environment of a command. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command and returns its output.
 *
 * @throws Error with the output if the exit status is not 0.
 */
export const run = (command: string, args: readonly string[], { cwd, env = process.env }: RunOptions = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk);
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (status) => (status === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(' ')} exited with status ${status}:\n${output}`))));
  });

/** Whether a command can be run, and its exit status is 0. */
export const succeeds = (command: string, ...args: string[]): Promise<boolean> => run(command, args).then(() => true, () => false);
