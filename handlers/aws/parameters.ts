import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { pack } from '#shared';
import { clientConfig } from './client-config';

const ssm = new SSMClient(clientConfig());

/** The maximum of GetParameters. */
const MAX_NAMES = 10;

/**
 * Reads SSM parameters.
 *
 * @throws Error when one of them does not exist.
 */
export async function readParameters(names: readonly string[]): Promise<string[]> {
  const batches = pack(names, { count: MAX_NAMES, bytes: Infinity }, () => 0);
  const pages = await Promise.all(batches.map((Names) => ssm.send(new GetParametersCommand({ Names }))));
  const values = new Map(pages.flatMap(({ Parameters = [] }) => Parameters).map(({ Name, Value }) => [Name, Value]));
  return names.map((name) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`the SSM parameter ${name} does not exist; deploy the stack again`);
    return value;
  });
}
