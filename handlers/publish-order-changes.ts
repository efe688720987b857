import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { consumeBatch, eventIdOf, eventOfChange, PoisonMessage, processInGroups, publishBatch, readEnv, type OrderEvent, type OrderItem } from '#shared';
import { fromAttributes, type Attributes } from './aws/attribute-values';
import { streamFailures } from './aws/failure-policies';
import { recordingPublisher } from './aws/recording-publisher';

const env = readEnv('publish-order-changes');
const publish = recordingPublisher(env);
const failuresIn = streamFailures(env);

/** Publishes the events of order changes from the orders table's stream, so that every change has its event and every event its change. */
export const handler = async ({ Records }: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> => {
  const events = await processInGroups(Records, eventIdOf, toEvent);
  const consume = await publishBatch(events, publish);
  return consumeBatch(Records, eventIdOf, { summary: 'order changes published', consume, onFailure: failuresIn(context) });
};

const toEvent = async ({ dynamodb = {} }: DynamoDBRecord): Promise<OrderEvent | undefined> =>
  eventOfChange(itemBefore(dynamodb.OldImage), toItem(dynamodb.NewImage));

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

/** What the event depends on of the item before a change. The order in it is not read. */
function itemBefore(image: Image): OrderItem | undefined {
  if (!image) return undefined;
  const { revision, status } = image;
  return toItem({ ...(revision ? { revision } : {}), ...(status ? { status } : {}) });
}

/** The image in a Lambda event has the SDK's shape, but a type of its own. */
function toItem(image: Image): OrderItem | undefined {
  try {
    return image && (fromAttributes(image as Attributes) as unknown as OrderItem);
  } catch {
    // A number that JavaScript cannot represent: the pipeline did not write the item.
    throw new PoisonMessage('the item contains a value that cannot be read');
  }
}
