import { join } from 'node:path';
import { LOCAL_DIR } from '../support/python-tool';
import { run } from '../support/run';

/** The apps that every language has. */
export const APPS = { Shop: 'shop', Configured: 'configured' } as const;

export type StackName = keyof typeof APPS;

/** The same apps in another language than TypeScript. */
export interface LanguageApp {
  readonly language: 'python' | 'java' | 'go';
  /** Commands without which it is skipped. */
  readonly tools: readonly (readonly string[])[];
  /** Installs the packaged library into the apps, and compiles these with the snippets of the docs. Returns what was checked. */
  install(): Promise<string>;
  /** Synthesizes an app into the folder of the environment variable CDK_OUTDIR. */
  synthesize(app: string, env: NodeJS.ProcessEnv): Promise<unknown>;
}

export const ROOT = join(__dirname, '..', '..');

/** Where the apps of a language are built; git-ignored. */
export const workFolder = (language: string): string => join(LOCAL_DIR, 'languages', language);

/** Synthesizes an app in TypeScript, with the compiled library. */
export const synthesizeTypeScript = (app: string, env: NodeJS.ProcessEnv): Promise<string> =>
  run('ts-node', ['-T', '-P', 'tsconfig.dev.json', join('test', 'languages', 'typescript', `${app}.ts`)], { cwd: ROOT, env });
