import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertLocalAws, deploymentFolder, exampleFolder } from './deploy-example';
import type { LocalAws } from './local-aws';
import { LOCAL_REGION } from '../../cli/local/local-env';
import { run } from '../../cli/local/system/run-program';
import { LOCAL_ACCOUNT } from '../../src/private/contract';

const CDK_CLI = join(__dirname, '..', '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');

/**
 * Deploys the stack of an example to a local AWS as users do: with `cdk bootstrap` and `cdk deploy`.
 *
 * @param example the name of an example of the repository, or the path of an app.
 * @returns the outputs of the stack.
 * @throws Error if the endpoint is not a local AWS.
 */
export async function deployWithCdkCli(example: string, stackName: string, local: LocalAws): Promise<Record<string, string>> {
  await assertLocalAws(local);
  const folder = deploymentFolder(local);
  const outputs = join(folder, 'outputs.json');
  const cdk = (...args: string[]) => run(process.execPath, [CDK_CLI, ...args, '--no-notices', '--no-color', '--output', join(folder, 'cdk.out')], {
    cwd: exampleFolder(example), env: { ...local.env, CDK_VALIDATION: 'false' },
  });

  await cdk('bootstrap', `aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`);
  await cdk('deploy', stackName, '--require-approval', 'never', '--progress', 'events', '--outputs-file', outputs);
  return JSON.parse(readFileSync(outputs, 'utf8'))[stackName];
}
