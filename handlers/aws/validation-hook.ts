import type { Context } from 'aws-lambda';
import { readHookResponse, RetryableError, type HookRequest, type ValidationHook } from '#shared';
import { invokeFunction } from './invoke-function';

/** Creates the function that calls the app's validation hook, if there is one. */
export const validationHook = (FunctionName: string | undefined) => (context: Context): ValidationHook | undefined =>
  (FunctionName === undefined ? undefined : async (orders) => {
    const request: HookRequest = { orders };
    const { FunctionError, Payload } = await invokeFunction(FunctionName, request, context);
    if (FunctionError) throw new RetryableError('ValidationHookFailed', 'the validation hook failed; see its log');
    return readHookResponse(Payload ?? new Uint8Array(), orders.length);
  });
