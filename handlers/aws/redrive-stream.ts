import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { assertConsumed, toStreamEvent, type DeadLetterMessage } from '#shared';
import { clientConfig } from './client-config';

/** The consumer has as long as its own timeout, which the app can choose. */
const lambda = new LambdaClient(clientConfig({ requestTimeout: 900_000 }));

/** Invokes the consumer of a table's stream with a record, and waits for the result. */
export async function redriveRecord(FunctionName: string, message: DeadLetterMessage): Promise<void> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(toStreamEvent(message)) }));
  assertConsumed(Payload?.transformToString() ?? '', FunctionError);
}
