import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { assertTaken, toStreamEvent, type Letter } from '#shared';

const lambda = new LambdaClient();

/** Gives a record of a table's stream to its consumer again, as the stream would, and waits until it has taken it. */
export async function giveBack(FunctionName: string, letter: Letter): Promise<void> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(toStreamEvent(letter)) }));
  assertTaken(Payload?.transformToString() ?? '', FunctionError);
}
