import { ThrottlingDynamoDb } from './throttling-dynamodb';
import { deployedFunction } from '../../test/support/deployed-function';
import { STACK, type DeployedExample } from '../deployed-example';

/** How long orders are retried during the outage. A day, the default, is too long for a demo. */
const RETRY_SECONDS = 20;

/** Runs some work while DynamoDB throttles `process-order`, which retries orders for a short time. */
export async function duringOutage<Result>({ local }: DeployedExample, work: (dynamoDb: ThrottlingDynamoDb) => Promise<Result>): Promise<Result> {
  const functionName = await deployedFunction(local, STACK, 'OrdersProcessorProcessOrder');
  const dynamoDb = await ThrottlingDynamoDb.start(local, functionName, { RETRY_DURATION: String(RETRY_SECONDS) });
  try {
    return await work(dynamoDb);
  } finally {
    await dynamoDb.stop();
  }
}
