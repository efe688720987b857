import { join, resolve } from 'node:path';
import { bootstrapEnvironment } from './bootstrap-environment';
import { deployStack } from './deploy-stack';
import type { LocalAws } from './local-aws';
import { synthesizeApp } from './synthesize-app';
import { assertLocalAccount } from '../../cli/local/assert-local-account';
import { assertLoopback } from '../../cli/local/local-env';

const ROOT = join(__dirname, '..', '..');

/** The context of `examples/full` without what is around the orders: it is deployed in half the time. */
const CORE = { core: 'true' };

/** The folder of an example of the repository, or of another app. */
export const exampleFolder = (example: string): string => resolve(ROOT, 'examples', example);

/** A folder for what a deployment to this local AWS writes. */
export const deploymentFolder = ({ endpoint }: Pick<LocalAws, 'endpoint'>): string => join(ROOT, '.local', `cdk-${new URL(endpoint).port}`);

/**
 * Deploys the stack of an example to a local AWS, and the stacks on which it depends. The demo deploys with the CDK CLI, which takes twice as long:
 * `deployWithCdkCli`.
 *
 * @param example the name of an example of the repository, or the path of an app.
 * @param context the CDK context of the app; by default, `examples/full` is deployed without what is around the orders.
 * @returns the outputs of the stack.
 * @throws Error if the endpoint is not a local AWS.
 */
export async function deployExample(
  example: string, stackName: string, local: LocalAws, context: Readonly<Record<string, string>> = example === 'full' ? CORE : {},
): Promise<Record<string, string>> {
  await assertLocalAws(local);
  const assembly = join(deploymentFolder(local), 'cdk.out');
  await synthesizeApp(exampleFolder(example), assembly, local.env, context);
  await bootstrapEnvironment(local);
  return deployStack(assembly, stackName, local);
}

/** @throws Error if the endpoint is not a local AWS. */
export async function assertLocalAws({ endpoint }: Pick<LocalAws, 'endpoint'>): Promise<void> {
  assertLoopback(endpoint);
  await assertLocalAccount(endpoint);
}
