import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { toAttributes } from '../../handlers/aws/attribute-values';

/** A record of a DynamoDB stream: the change of an item. */
export const streamRecord = (sequenceNumber: string, before: object | undefined, after: object | undefined, at = Date.now()): DynamoDBRecord => ({
  eventID: `change-${sequenceNumber}`,
  eventName: eventNameOf(before, after),
  eventSource: 'aws:dynamodb',
  eventSourceARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders/stream/1',
  dynamodb: {
    SequenceNumber: sequenceNumber,
    ApproximateCreationDateTime: at / 1000,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    ...(before ? { OldImage: toAttributes(before) } : {}),
    ...(after ? { NewImage: toAttributes(after) } : {}),
  },
}) as DynamoDBRecord;

/** A batch of records. */
export const streamEvent = (...Records: DynamoDBRecord[]): DynamoDBStreamEvent => ({ Records });

function eventNameOf(before: object | undefined, after: object | undefined): DynamoDBRecord['eventName'] {
  if (!after) return 'REMOVE';
  return before ? 'MODIFY' : 'INSERT';
}
