import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Place } from './command-line';
import type { ListResources } from './find-function';

/** What the command uses of AWS. */
export interface Aws {
  readonly listResources: ListResources;
  /** Calls a function and waits for its answer. */
  readonly invoke: (functionName: string, request: object) => Promise<unknown>;
}

/** The AWS that the command line and the environment lead to. */
export function connect({ region, profile }: Place): Aws {
  const config = { ...(region ? { region } : {}), ...(profile ? { profile } : {}) };
  const cloudFormation = new CloudFormationClient(config);
  // A call that takes long is not made again meanwhile.
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
      const answer = JSON.parse(Payload?.transformToString() || 'null');
      if (FunctionError) throw new Error(answer?.errorMessage ?? `${FunctionName} failed`);
      return answer;
    },
  };
}
