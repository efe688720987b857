import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { connectConsole } from './console/aws/connect-console';
import type { ConsoleAws } from './console/aws/console-aws';
import { connectErasure } from './erase/connect-erasure';
import type { ErasureAws } from './erase/erasure-aws';
import { FunctionFailed } from './function-failed';
import type { PipelineLocation } from './options';
import { connectEventReplays } from './replay/connect-event-replays';
import type { EventReplays } from './replay/event-replays';
import { connectEventObjects } from './replay-stream/connect-event-objects';
import type { EventObjects } from './replay-stream/event-objects';
import type { ListResources } from './stack-resources';
import { connectDeployedStacks } from './try/connect-deployed-stacks';
import type { DeployedStacks } from './try/deployed-stack';

/** The AWS calls of the commands. */
export interface Aws {
  readonly listResources: ListResources;
  /**
   * Invokes a function synchronously and returns its parsed response. Fails after so many seconds.
   *
   * @throws FunctionFailed when the function failed, or an error of the SDK.
   */
  readonly invoke: (functionName: string, request: object, timeout: number) => Promise<unknown>;
  readonly replays: EventReplays;
  readonly eventObjects: EventObjects;
  readonly stacks: DeployedStacks;
  /** Creates the clients of the console, given the URL of the local AWS. */
  readonly console: (endpoint: string | undefined) => ConsoleAws;
  /** Creates the clients of an erasure, given the URL of the local AWS. */
  readonly erasure: (endpoint: string | undefined) => ErasureAws;
}

/** Creates clients for the region and profile given; by default, those of the AWS configuration. */
export function connect({ region, profile }: PipelineLocation): Aws {
  const config = { ...(region ? { region } : {}), ...(profile ? { profile } : {}) };
  const cloudFormation = new CloudFormationClient(config);
  // No retries: a retry after a client timeout would start a second redrive next to the first.
  const lambda = new LambdaClient({ ...config, maxAttempts: 1 });
  return {
    replays: connectEventReplays(config),
    eventObjects: connectEventObjects(config),
    stacks: connectDeployedStacks(config),
    console: (endpoint) => connectConsole({ region, profile }, endpoint),
    erasure: (endpoint) => connectErasure(config, endpoint),
    async listResources(StackName) {
      const resources = [];
      for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client: cloudFormation }, { StackName })) {
        resources.push(...StackResourceSummaries.map(({ ResourceType, LogicalResourceId, PhysicalResourceId }) => ({
          type: ResourceType ?? '', logicalId: LogicalResourceId ?? '', physicalId: PhysicalResourceId ?? '',
        })));
      }
      return resources;
    },
    async invoke(FunctionName, request, timeout) {
      const abortSignal = AbortSignal.timeout(timeout * 1000);
      const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }), { abortSignal });
      const response = JSON.parse(Payload?.transformToString() || 'null');
      if (FunctionError) throw new FunctionFailed(response?.errorMessage ?? `${FunctionName} failed`);
      return response;
    },
  };
}
