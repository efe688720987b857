import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { readHookResponse, RetryableError, type HookRequest, type ValidationHook } from '#shared';
import { clientConfig } from './client-config';

/** The app chooses the hook's timeout, so only the abort signal ends a request. A failed call is retried with its batch. */
const lambda = new LambdaClient({ ...clientConfig({ requestTimeout: 900_000 }), maxAttempts: 1 });

/** The hook's share of the remaining time; the rest is for publishing its results. */
const SHARE_OF_TIME = 0.7;

/** Creates the function that calls the app's validation hook, if there is one. */
export const validationHook = (FunctionName: string | undefined) => (context: Context): ValidationHook | undefined =>
  (FunctionName === undefined ? undefined : async (orders) => {
    const request: HookRequest = { orders };
    const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) });
    const abortSignal = AbortSignal.timeout(Math.ceil(context.getRemainingTimeInMillis() * SHARE_OF_TIME));
    const { FunctionError, Payload } = await repeatAfterReset(() => lambda.send(command, { abortSignal }));
    if (FunctionError) throw new RetryableError('ValidationHookFailed', 'the validation hook failed; see its log');
    return readHookResponse(Payload ?? new Uint8Array(), orders.length);
  });

/** A connection that was idle while Lambda was frozen may have been closed by the service: the hook was not called then. */
async function repeatAfterReset<Output>(send: () => Promise<Output>): Promise<Output> {
  try {
    return await send();
  } catch (error) {
    if (!['ECONNRESET', 'EPIPE'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
    return send();
  }
}
