import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, workFolder } from './language-app';
import { CURRENT_CDK } from './versions';
import { run } from '../../cli/local/system/run-program';

/** Installs a version of CDK, once. Returns its folder. */
async function installCdk(version: string): Promise<string> {
  const folder = workFolder(`cdk-${version}`);
  if (existsSync(join(folder, 'complete'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  await run('npm', ['install', '--silent', '--no-audit', '--no-fund', `aws-cdk-lib@${version}`, 'constructs@^10.5.1'], { cwd: folder });
  writeFileSync(join(folder, 'complete'), '');
  return folder;
}

/** Synthesizes an app in TypeScript with a version of CDK, and the compiled library. */
export async function synthesizeTypeScript(app: string, env: NodeJS.ProcessEnv, cdkVersion: string): Promise<void> {
  const CDK_FOLDER = cdkVersion === CURRENT_CDK ? undefined : await installCdk(cdkVersion);
  const hook = join(ROOT, 'test', 'languages', 'use-installed-cdk.ts');
  const options = ['-T', '-P', 'tsconfig.dev.json', ...(CDK_FOLDER ? ['-r', hook] : [])];
  await run('ts-node', [...options, join('test', 'languages', 'typescript', `${app}.ts`)], { cwd: ROOT, env: { ...env, CDK_FOLDER } });
}
