import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { consumeBatch, eventIdOf, processInGroups, readEnv, readOutcome, recordOutcomeBatch, recordOutcomesOfFile, type RecordedOutcome } from '#shared';
import { fromAttributes, type Attributes } from './aws/attribute-values';
import { streamFailures } from './aws/failure-policies';
import { outcomeContext } from './aws/file-outcomes';
import { FILE_OUTCOME_ATTRIBUTE, ORDER_KEY } from '../src/private/contract';

const env = readEnv('record-file-outcomes');
const context = outcomeContext(env);
const failuresIn = streamFailures(env);

/** Records from the orders table's stream what became of the orders of files, and announces the outcomes of a file when the last one is known. */
export const handler = async ({ Records }: DynamoDBStreamEvent, lambdaContext: Context): Promise<DynamoDBBatchResponse> => {
  const outcomes = await processInGroups(Records, eventIdOf, toOutcome);
  const consume = await recordOutcomeBatch(outcomes, (fileId, ofFile) => recordOutcomesOfFile(fileId, ofFile, context));
  return consumeBatch(Records, eventIdOf, { summary: 'file outcomes recorded', consume, onFailure: failuresIn(lambdaContext) });
};

/** Reads only the attributes about the file: the order itself is not needed. The image in a Lambda event has the SDK's shape, but a type of its own. */
const toOutcome = async ({ dynamodb }: DynamoDBRecord): Promise<RecordedOutcome> => {
  const { [ORDER_KEY]: orderId, [FILE_OUTCOME_ATTRIBUTE]: outcome } = (dynamodb?.NewImage ?? {}) as Attributes;
  return readOutcome(fromAttributes({ ...(orderId ? { orderId } : {}), ...(outcome ? { outcome } : {}) }));
};
