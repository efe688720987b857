import { ThrottlingDynamoDb } from './throttling-dynamodb';
import { deployedFunction } from '../../test/support/deployed-function';
import { setVisibilityTimeout, visibilityTimeoutOf } from '../../test/support/deployed-queues';
import { STACK, type DeployedExample } from '../deployed-example';

/** Seconds between two attempts during the outage. The deployed visibility timeout is minutes, too long for a demo. */
const VISIBILITY_TIMEOUT = 3;

/** Runs some work while DynamoDB throttles `process-order`, with a short visibility timeout of its queue. */
export async function duringOutage({ local, state }: DeployedExample, work: (dynamoDb: ThrottlingDynamoDb) => Promise<void>): Promise<void> {
  const { url } = state.queue('OrdersProcessorProcessingQueue');
  const deployedTimeout = await visibilityTimeoutOf(local, url);
  await setVisibilityTimeout(local, url, VISIBILITY_TIMEOUT);
  const dynamoDb = await ThrottlingDynamoDb.start(local, await deployedFunction(local, STACK, 'OrdersProcessorProcessOrder'));
  try {
    await work(dynamoDb);
  } finally {
    await dynamoDb.stop();
    await setVisibilityTimeout(local, url, deployedTimeout);
  }
}
