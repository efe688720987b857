import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../cli/local/system/run-program';

/** What the CDK CLI sets in the context of every app: commands of the package find constructs by these paths. */
const CLI_CONTEXT = { 'aws:cdk:enable-path-metadata': true };

/** Synthesizes an app with the command and the context of its `cdk.json`, as the CDK CLI does. */
export async function synthesizeApp(
  folder: string, assembly: string, env: NodeJS.ProcessEnv, context: Readonly<Record<string, string>>,
): Promise<void> {
  const { app, context: ofApp }: { readonly app: string; readonly context?: object } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  await run('sh', ['-c', app], {
    cwd: folder,
    env: { ...env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false', CDK_CONTEXT_JSON: JSON.stringify({ ...CLI_CONTEXT, ...ofApp, ...context }) },
  });
}
