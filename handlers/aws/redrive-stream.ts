import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { assertConsumed, toStreamEvent, type DeadLetterMessage } from '#shared';
import { clientConfig } from './client-config';

/** The consumer has as long as its own timeout, which the app can choose. */
const lambda = new LambdaClient(clientConfig({ requestTimeout: 900_000 }));

/** Invokes the consumer of a table's stream with each record; returns those that failed, each with the name of the error. */
export async function redriveRecords(functionName: string, messages: readonly DeadLetterMessage[]): Promise<Map<DeadLetterMessage, string>> {
  const failed = new Map<DeadLetterMessage, string>();
  await Promise.all(messages.map((message) => redriveRecord(functionName, message).catch((error: Error) => failed.set(message, error.name))));
  return failed;
}

/** Invokes the consumer with a record, and waits for the result. */
async function redriveRecord(FunctionName: string, message: DeadLetterMessage): Promise<void> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(toStreamEvent(message)) }));
  assertConsumed(Payload?.transformToString() ?? '', FunctionError);
}
