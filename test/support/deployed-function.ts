import { execFileSync } from 'node:child_process';
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { clientConfig } from './client-config';
import type { LocalAws } from './local-aws';

/** Returns the name of the function of a deployed stack whose logical ID starts with `id`. */
export async function deployedFunction(local: LocalAws, StackName: string, id: string): Promise<string> {
  for await (const page of paginateListStackResources({ client: new CloudFormationClient(clientConfig(local)) }, { StackName })) {
    const found = page.StackResourceSummaries?.find(({ ResourceType, LogicalResourceId }) => ResourceType === 'AWS::Lambda::Function' && LogicalResourceId!.startsWith(id));
    if (found) return found.PhysicalResourceId!;
  }
  throw new Error(`stack ${StackName} has no function whose logical ID starts with ${id}`);
}

/**
 * Kills the processes in which the local AWS runs a function, even during an invocation.
 *
 * @returns the number of processes.
 */
export function killWorkers(functionName: string): number {
  // `e` lists the environment of each process, which contains the function name.
  const processes = execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\n');
  const workers = processes.filter((line) => line.includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName} `)).map((line) => Number.parseInt(line, 10));
  for (const pid of workers) process.kill(pid, 'SIGKILL');
  return workers.length;
}
