import { execFileSync } from 'node:child_process';
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { clientConfig } from './deploy-example';
import type { LocalAws } from './local-aws';

/** A function of a deployed stack, whose logical id begins with `id`. */
export async function deployedFunction(local: LocalAws, StackName: string, id: string): Promise<string> {
  for await (const page of paginateListStackResources({ client: new CloudFormationClient(clientConfig(local)) }, { StackName })) {
    const found = page.StackResourceSummaries?.find(({ ResourceType, LogicalResourceId }) => ResourceType === 'AWS::Lambda::Function' && LogicalResourceId!.startsWith(id));
    if (found) return found.PhysicalResourceId!;
  }
  throw new Error(`no function ${id}`);
}

/**
 * Kills the processes in which the local AWS runs a function, whatever they are doing.
 *
 * @returns how many there were.
 */
export function killWorkers(functionName: string): number {
  // With the environment of each process, which is how the local AWS tells it what it is.
  const processes = execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\n');
  const workers = processes.filter((line) => line.includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName} `)).map((line) => Number.parseInt(line, 10));
  for (const pid of workers) process.kill(pid, 'SIGKILL');
  return workers.length;
}
