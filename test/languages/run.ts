import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { comparable } from './comparable';
import { goApp } from './go-app';
import { javaApp } from './java-app';
import { APPS, type LanguageApp, type StackName } from './language-app';
import { pythonApp } from './python-app';
import { synthesizeTypeScript } from './typescript-app';
import { succeeds } from '../../cli/local/system/run-program';

/*
 * Installs the packaged library (dist/, of "npm run package-all") into apps in other languages, and compares their templates with those of the same apps in
 * TypeScript.
 */

const { values: { only } } = parseArgs({ options: { only: { type: 'string' } } });
const LANGUAGES: readonly LanguageApp[] = [pythonApp, javaApp, goApp].filter(({ language }) => only === undefined || language === only);
if (LANGUAGES.length === 0) throw new Error(`--only must be python, java or go, got ${only}`);

/** Synthesizes an app into an empty folder, and returns its template. */
async function templateOf(stack: StackName, synthesize: (app: string, env: NodeJS.ProcessEnv) => Promise<unknown>): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'languages-'));
  try {
    await synthesize(APPS[stack], { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false', JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1' });
    return comparable(readFileSync(join(folder, `${stack}.template.json`), 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function missingTool({ tools }: LanguageApp): Promise<string | undefined> {
  for (const [command, ...args] of tools) {
    if (!await succeeds(command, ...args)) return command;
  }
  return undefined;
}

/** Checks a language, and prints the result. Returns whether it failed. */
async function check(app: LanguageApp): Promise<boolean> {
  const missing = await missingTool(app);
  if (missing) {
    console.log(`${app.language}: skipped, this machine has no ${missing}`);
    return false;
  }
  const start = Date.now();
  const { cdkVersion, snippets } = await app.install();
  const different: string[] = [];
  for (const stack of Object.keys(APPS) as StackName[]) {
    const expected = await templateOf(stack, (name, env) => synthesizeTypeScript(name, env, cdkVersion));
    if (!isDeepStrictEqual(await templateOf(stack, (name, env) => app.synthesize(name, env)), expected)) different.push(stack);
  }
  const result = different.length === 0 ? 'the templates equal those of TypeScript' : `the templates of ${different.join(', ')} differ from those of TypeScript`;
  console.log(`${app.language}: ${result} (CDK ${cdkVersion}, ${snippets}, ${Math.round((Date.now() - start) / 1000)} s)`);
  return different.length > 0;
}

async function main(): Promise<void> {
  for (const app of LANGUAGES) {
    if (await check(app)) process.exitCode = 1;
  }
  console.log('csharp: not checked, "npm run package:dotnet" needs dotnet');
}

void main();
