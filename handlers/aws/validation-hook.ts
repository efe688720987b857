import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { readHookResponse, RetryableError, type HookRequest, type ValidationHook } from '#shared';

/** A failed call is retried with its batch, not here: the hook may be slow. */
const lambda = new LambdaClient({ maxAttempts: 1 });

/** The hook's share of the remaining time; the rest is for publishing its results. */
const SHARE_OF_TIME = 0.7;

/** Creates the function that calls the app's validation hook, if there is one. */
export const validationHook = (FunctionName: string | undefined) => (context: Context): ValidationHook | undefined =>
  (FunctionName === undefined ? undefined : async (orders) => {
    const request: HookRequest = { orders };
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }),
      { abortSignal: AbortSignal.timeout(Math.ceil(context.getRemainingTimeInMillis() * SHARE_OF_TIME)) },
    );
    if (FunctionError) throw new RetryableError('ValidationHookFailed', 'the validation hook failed; see its log');
    return readHookResponse(Payload ?? new Uint8Array(), orders.length);
  });
