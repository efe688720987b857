import { join } from 'node:path';
import { LOCAL_DIR } from '../support/python-tool';

/** The apps that every language has. */
export const APPS = { Shop: 'shop', Configured: 'configured' } as const;

export type StackName = keyof typeof APPS;

/** What an app was built with. */
export interface Installation {
  /** The version of CDK. */
  readonly cdkVersion: string;
  /** What was done with the snippets of the docs. */
  readonly snippets: string;
}

/** The same apps in another language than TypeScript. */
export interface LanguageApp {
  readonly language: 'python' | 'java' | 'go';
  /** Commands without which it is skipped. */
  readonly tools: readonly (readonly string[])[];
  /** Installs the packaged library into the apps, and compiles these with the snippets of the docs. */
  install(): Promise<Installation>;
  /** Synthesizes an app into the folder of the environment variable CDK_OUTDIR. */
  synthesize(app: string, env: NodeJS.ProcessEnv): Promise<unknown>;
}

export const ROOT = join(__dirname, '..', '..');

/** Where the apps of a language are built; git-ignored. */
export const workFolder = (language: string): string => join(LOCAL_DIR, 'languages', language);
