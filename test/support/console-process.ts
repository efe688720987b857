import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { LocalAws } from './local-aws';
import { eventually } from '../../cli/local/system/eventually';

const BIN = join(__dirname, '..', '..', 'bin', 'cdk-order-pipeline.js');

/** An answer of the console. */
export interface ConsoleAnswer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer is any JSON
  readonly body: any;
}

/** The console of a pipeline on a local AWS, as a process of its own. */
export class ConsoleProcess {
  /** Starts the console, and waits for its URL. */
  public static async start({ env }: Pick<LocalAws, 'env'>, ...args: string[]): Promise<ConsoleProcess> {
    const child = spawn(process.execPath, [BIN, 'console', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text; });
    const [, url, token] = await eventually('the URL of the console', async () => {
      if (child.exitCode !== null) throw new Error(output);
      return /(http:\/\/127\.0\.0\.1:\d+)\/#(\S+)/.exec(output) ?? undefined;
    });
    return new ConsoleProcess(child, url, token);
  }

  private constructor(private readonly child: ChildProcess, public readonly url: string, private readonly token: string) {}

  /** The URL of the page, with the token of the run. */
  public get pageUrl(): string {
    return `${this.url}/#${this.token}`;
  }

  /** Sends a request to the API of the console. */
  public async request(method: string, path: string, body?: unknown): Promise<ConsoleAnswer> {
    const isText = typeof body === 'string';
    const response = await fetch(`${this.url}/api/${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, ...(body === undefined || isText ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined || isText ? body as string | undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
  }

  /** Reads from the API of the console. */
  public async get(path: string): Promise<ConsoleAnswer['body']> {
    return (await this.request('GET', path)).body;
  }

  /** Interrupts the console as Ctrl-C does. Returns its exit status. */
  public stop(): Promise<number | null> {
    return new Promise((resolve) => {
      this.child.once('exit', resolve);
      this.child.kill('SIGINT');
    });
  }
}
