import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { PipelineLocation } from './command-line';
import type { ListResources } from './find-function';

/** The AWS calls of the command. */
export interface Aws {
  readonly listResources: ListResources;
  /** Invokes a function synchronously and returns its parsed response. */
  readonly invoke: (functionName: string, request: object) => Promise<unknown>;
}

/** Creates clients for the region and profile given; by default, those of the AWS configuration. */
export function connect({ region, profile }: PipelineLocation): Aws {
  const config = { ...(region ? { region } : {}), ...(profile ? { profile } : {}) };
  const cloudFormation = new CloudFormationClient(config);
  // No retries: a retry after a client timeout would start a second redrive next to the first.
  const lambda = new LambdaClient({ ...config, maxAttempts: 1 });
  return {
    async listResources(StackName) {
      const resources = [];
      for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client: cloudFormation }, { StackName })) {
        resources.push(...StackResourceSummaries.map(({ ResourceType, LogicalResourceId, PhysicalResourceId }) => ({
          type: ResourceType ?? '', logicalId: LogicalResourceId ?? '', physicalId: PhysicalResourceId ?? '',
        })));
      }
      return resources;
    },
    async invoke(FunctionName, request) {
      const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }));
      const response = JSON.parse(Payload?.transformToString() || 'null');
      if (FunctionError) throw new Error(response?.errorMessage ?? `${FunctionName} failed`);
      return response;
    },
  };
}
