import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { readHookAnswer, RetryableError, type ValidationHook, type HookRequest } from '#shared';

/** A failed call is tried again with its batch, not here: the hook may be slow rather than gone. */
const lambda = new LambdaClient({ maxAttempts: 1 });

/** The hook gets this part of the time that is left; the rest is for saying what it answered. */
const SHARE_OF_TIME = 0.7;

/** Makes the function that asks the app's own validation hook, if there is one. */
export const validationHook = (FunctionName: string | undefined) => (context: Context): ValidationHook | undefined =>
  (FunctionName === undefined ? undefined : async (orders) => {
    const request: HookRequest = { orders };
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }),
      { abortSignal: AbortSignal.timeout(Math.ceil(context.getRemainingTimeInMillis() * SHARE_OF_TIME)) },
    );
    if (FunctionError) throw new RetryableError('ValidationHookFailed', 'the validation hook failed; its own log says why');
    return readHookAnswer(Payload?.transformToString() ?? '', orders.length);
  });
