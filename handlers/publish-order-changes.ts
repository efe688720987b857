import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { changeToEvent, consumeStream, publishOutcomes, PoisonMessage, readEnv, type OrderEvent, type OrderItem } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { eventPublisher } from './aws/event-bus';

const env = readEnv('publish-order-changes');
const publish = eventPublisher(env);
const sendToDeadLetterQueue = deadLetterQueue(env);

/** Says on the bus what happened to the orders table, from its stream: a change and its event cannot part. */
export const handler = async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const consume = await publishOutcomes(event.Records, decide, publish);
  return consumeStream(event, { summary: 'order changes published', consume, sendToDeadLetterQueue });
};

const decide = ({ dynamodb = {} }: DynamoDBRecord): OrderEvent | undefined =>
  changeToEvent(toItem(dynamodb.OldImage), toItem(dynamodb.NewImage));

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

/** The image in a Lambda event has the SDK's shape, under a type of its own. */
function toItem(image: Image): OrderItem | undefined {
  try {
    return image && (unmarshall(image as Parameters<typeof unmarshall>[0]) as OrderItem);
  } catch {
    // A number that JavaScript has no room for: this pipeline wrote no such item.
    throw new PoisonMessage('the item holds a value that cannot be read');
  }
}
