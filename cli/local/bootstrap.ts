import { LOCAL_REGION, localEnv } from './local-env';
import { localStacks } from './local-stacks';
import { run } from './system/run-program';
import { LOCAL_ACCOUNT } from '../../src/private/contract';

const CDK = /^(.*\/)?(aws-)?cdk(@.*)?$/;

/** The beginning of a command line that deploys with the CDK CLI, such as `npx cdk`; undefined if the program does not. */
export function cdkOf(program: readonly string[]): readonly string[] | undefined {
  const cdk = program.findIndex((each) => CDK.test(each));
  const deploy = cdk < 0 ? -1 : program.indexOf('deploy', cdk + 1);
  return deploy < 0 ? undefined : program.slice(0, deploy);
}

/** Bootstraps the local AWS with the CDK CLI of the app, unless it is bootstrapped. */
export async function bootstrap([command, ...args]: readonly string[], endpoint: string, log: (line: string) => void): Promise<void> {
  const isBootstrapped = (await localStacks(endpoint)).some(({ name, status }) => name === 'CDKToolkit' && /^(CREATE|UPDATE)_COMPLETE$/.test(status));
  if (isBootstrapped) return;
  log('Bootstrapping it …');
  await run(command, [...args, 'bootstrap', `aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`], { env: localEnv(endpoint) });
}
