import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

/** A change of a table's item as its stream tells it. */
export const streamRecord = (sequenceNumber: string, before: object | undefined, after: object | undefined): DynamoDBRecord => ({
  eventID: `change-${sequenceNumber}`,
  eventName: eventNameOf(before, after),
  eventSource: 'aws:dynamodb',
  eventSourceARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders/stream/1',
  dynamodb: {
    SequenceNumber: sequenceNumber,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    ...(before ? { OldImage: marshall(before) } : {}),
    ...(after ? { NewImage: marshall(after) } : {}),
  },
}) as DynamoDBRecord;

/** A batch of changes. */
export const streamEvent = (...Records: DynamoDBRecord[]): DynamoDBStreamEvent => ({ Records });

function eventNameOf(before: object | undefined, after: object | undefined): DynamoDBRecord['eventName'] {
  if (!after) return 'REMOVE';
  return before ? 'MODIFY' : 'INSERT';
}
