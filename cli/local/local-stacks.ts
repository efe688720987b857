import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from './local-env';

/** A stack of a local AWS. */
export interface LocalStack {
  readonly name: string;
  /** Such as `CREATE_COMPLETE`. */
  readonly status: string;
  /** The values of the outputs by their keys. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Returns all stacks of a local AWS. */
export async function localStacks(endpoint: string): Promise<LocalStack[]> {
  const client = new CloudFormationClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS });
  const stacks: LocalStack[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    stacks.push(...Stacks.map(({ StackName = '', StackStatus = '', Outputs = [] }) => ({
      name: StackName, status: StackStatus, outputs: Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
    })));
  }
  return stacks;
}
