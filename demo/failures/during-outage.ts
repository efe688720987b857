import { GetFunctionConfigurationCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ChangedEnvironment } from '../../cli/console/faults/changed-environment';
import { ThrottlingDynamoDb } from '../../cli/console/faults/throttling-dynamodb';
import { clientConfig } from '../../test/support/client-config';
import { deployedFunction } from '../../test/support/deployed-function';
import { STACK, type DeployedExample } from '../deployed-example';

/** How long orders are retried during the outage. A day, the default, is too long for a demo. */
const RETRY_SECONDS = 20;

/** Runs some work while DynamoDB throttles `process-order`, which retries orders for a short time. */
export async function duringOutage<Result>({ local }: DeployedExample, work: (dynamoDb: ThrottlingDynamoDb) => Promise<Result>): Promise<Result> {
  const functionName = await deployedFunction(local, STACK, 'OrdersProcessorProcessOrder');
  const environment = new ChangedEnvironment(functionName, connectEnvironment(new LambdaClient(clientConfig(local))));
  const dynamoDb = await ThrottlingDynamoDb.start(local.endpoint);
  try {
    await environment.change('outage', { ...dynamoDb.environment, RETRY_DURATION: String(RETRY_SECONDS) });
    return await work(dynamoDb);
  } finally {
    await environment.restore('outage');
    dynamoDb.stop();
  }
}

const connectEnvironment = (lambda: LambdaClient) => ({
  environment: async (FunctionName: string) =>
    (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).Environment?.Variables ?? {},
  setEnvironment: (FunctionName: string, Variables: Readonly<Record<string, string>>) =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { ...Variables } } })),
});
