import { InvokeCommand, LambdaClient, type InvokeCommandOutput } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { clientConfig } from './client-config';

/** The app chooses the timeout of its function, so only the abort signal ends a request. A failed call is retried with its batch. */
const lambda = new LambdaClient({ ...clientConfig({ requestTimeout: 900_000 }), maxAttempts: 1 });

/** The function's share of the remaining time; the rest is for publishing its results. */
const SHARE_OF_TIME = 0.7;

/** Calls a function of the app and waits for its response. */
export async function invokeFunction(FunctionName: string, payload: object, context: Context): Promise<InvokeCommandOutput> {
  const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) });
  const abortSignal = AbortSignal.timeout(Math.ceil(context.getRemainingTimeInMillis() * SHARE_OF_TIME));
  return repeatAfterReset(() => lambda.send(command, { abortSignal }));
}

/** A connection that was idle while Lambda was frozen may have been closed by the service: the function was not called then. */
async function repeatAfterReset<Output>(send: () => Promise<Output>): Promise<Output> {
  try {
    return await send();
  } catch (error) {
    if (!['ECONNRESET', 'EPIPE'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
    return send();
  }
}
