import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { LOCAL_CREDENTIALS, LOCAL_REGION, localEnv, type LocalAws } from './local-aws';
import { run } from './run';

/** The account ID of the local AWS, which no AWS account has. Deployments to any other account are refused. */
const LOCAL_ACCOUNT = '000000000000';

const ROOT = join(__dirname, '..', '..');

/** The context of `examples/full` without what is around the orders: it is deployed in half the time. */
export const CORE = { core: 'true' };

/** The configuration of SDK clients for a local AWS. The host of a queue's URL is the one that functions see. */
export const clientConfig = ({ endpoint }: Pick<LocalAws, 'endpoint'>) =>
  ({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, useQueueUrlAsEndpoint: false });

/**
 * Deploys the stack of an example to a local AWS with the CDK CLI.
 *
 * @param example the name of an example of the repository, or the path of an app.
 * @param context the CDK context of the app; by default, `examples/full` is deployed without what is around the orders.
 * @returns the outputs of the stack.
 * @throws Error if the endpoint is not a local AWS.
 */
export async function deployExample(
  example: string, stackName: string, local: LocalAws, context: Readonly<Record<string, string>> = example === 'full' ? CORE : {},
): Promise<Record<string, string>> {
  localEnv(local.endpoint);
  await assertLocalAccount(local);
  const work = join(ROOT, '.local', `cdk-${new URL(local.endpoint).port}`);
  const outputs = join(work, 'outputs.json');
  const contextArgs = Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const cdk = (...args: string[]) => run(process.execPath, [
    join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args, ...contextArgs, '--no-notices', '--no-color', '--output', join(work, 'cdk.out'),
  ], { cwd: resolve(ROOT, 'examples', example), env: { ...local.env, CDK_VALIDATION: 'false' } });

  await cdk('bootstrap', `aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`);
  await cdk('deploy', stackName, '--require-approval', 'never', '--progress', 'events', '--outputs-file', outputs);
  return JSON.parse(readFileSync(outputs, 'utf8'))[stackName];
}

async function assertLocalAccount(local: LocalAws): Promise<void> {
  const { Account } = await new STSClient(clientConfig(local)).send(new GetCallerIdentityCommand());
  if (Account !== LOCAL_ACCOUNT) throw new Error(`cannot deploy to account ${Account}: only the local account ${LOCAL_ACCOUNT} is allowed`);
}
