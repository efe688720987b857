import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { assertConsumed, toStreamEvent, type DeadLetterMessage } from '#shared';

const lambda = new LambdaClient();

/** Invokes the consumer of a table's stream with a record, and waits for the result. */
export async function redriveRecord(FunctionName: string, message: DeadLetterMessage): Promise<void> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(toStreamEvent(message)) }));
  assertConsumed(Payload?.transformToString() ?? '', FunctionError);
}
