import { readFileSync } from 'node:fs';
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { clientConfig } from './deploy-example';
import { eventually } from './eventually';
import type { LocalAws } from './local-aws';

/** A function of a deployed stack, whose logical id begins with `id`. */
export async function deployedFunction(local: LocalAws, StackName: string, id: string): Promise<string> {
  for await (const page of paginateListStackResources({ client: new CloudFormationClient(clientConfig(local)) }, { StackName })) {
    const found = page.StackResourceSummaries?.find(({ ResourceType, LogicalResourceId }) => ResourceType === 'AWS::Lambda::Function' && LogicalResourceId!.startsWith(id));
    if (found) return found.PhysicalResourceId!;
  }
  throw new Error(`no function ${id}`);
}

/** Gives a function another timeout, and waits until it has it. */
export async function setTimeoutOf(local: LocalAws, FunctionName: string, seconds: number): Promise<void> {
  const lambda = new LambdaClient(clientConfig(local));
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: seconds }));
  await eventually(`a timeout of ${seconds} s`, async () => {
    const { Timeout, LastUpdateStatus } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return (Timeout === seconds && LastUpdateStatus !== 'InProgress') || undefined;
  });
}

/** How often the local AWS has killed a function because its time was over. */
export const timesKilled = ({ logFile }: LocalAws, functionName: string): number =>
  readFileSync(logFile, 'utf8').split('\n').filter((line) => line.includes(`${functionName} timed out`)).length;
