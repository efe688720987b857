import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { assertConsumed, toStreamEvent, type DeadLetterMessage } from '#shared';

const lambda = new LambdaClient();

/** Gives a record of a table's stream to its consumer again, as the stream would, and waits until it has taken it. */
export async function redriveRecord(FunctionName: string, message: DeadLetterMessage): Promise<void> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(toStreamEvent(message)) }));
  assertConsumed(Payload?.transformToString() ?? '', FunctionError);
}
