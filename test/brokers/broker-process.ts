import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../../cli/local/system/eventually';
import { run } from '../../cli/local/system/run-program';
import { LOCAL_DIR } from '../support/python-tool';

/** The folder of a broker's files. */
export function brokerFolder(name: string): string {
  const folder = join(LOCAL_DIR, 'brokers', `${name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Copies the jars of a `pom.xml` beside this file from Maven Central. Returns the class path. */
export async function jarsOf(name: string): Promise<string> {
  const jars = join(LOCAL_DIR, 'brokers', `${name}-jars`);
  if (!existsSync(jars)) {
    await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`, '-DincludeScope=runtime'], { cwd: join(__dirname, name) });
  }
  return `${jars}/*`;
}

/** A process of a broker, which can be killed and started again. */
export class BrokerProcess {
  private child?: ChildProcess;

  constructor(
    private readonly name: string, private readonly port: number, private readonly command: readonly string[],
    private readonly options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
  ) {}

  /** Starts it and waits until it accepts connections. */
  public async start(): Promise<void> {
    const logFile = join(this.options.cwd, 'broker.log');
    const log = openSync(logFile, 'a');
    const [command, ...args] = this.command;
    const child = spawn(command, args, { cwd: this.options.cwd, env: { ...process.env, ...this.options.env }, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    this.child = child;
    process.once('exit', () => { this.killNow(); });
    await eventually(this.name, async () => {
      if (child.exitCode !== null) throw new Error(readFileSync(logFile, 'utf8').slice(-2000));
      return await accepts(this.port) || undefined;
    }, 180);
  }

  private killNow(): void {
    const { child } = this;
    if (child?.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
  }

  /** Kills it without a warning, with all of its processes, and waits for its end. */
  public async kill(): Promise<void> {
    const { child } = this;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    this.killNow();
    await eventually(`the end of ${this.name}`, async () => (child.exitCode ?? child.signalCode ?? undefined));
  }
}

const accepts = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); }).on('error', () => resolve(false));
});
