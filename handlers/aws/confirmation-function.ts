import type { Context } from 'aws-lambda';
import { readConfirmationResponse, RetryableError, type ConfirmationRequest, type ConfirmWith } from '#shared';
import { invokeFunction } from './invoke-function';

/** Creates the function that calls the app's function with pending orders. */
export const confirmationFunction = (FunctionName: string) => (context: Context): ConfirmWith => async (orders) => {
  const request: ConfirmationRequest = { orders };
  const { FunctionError, Payload } = await invokeFunction(FunctionName, request, context);
  if (FunctionError) throw new RetryableError('ConfirmationFunctionFailed', 'the function that confirms orders failed; see its log');
  return readConfirmationResponse(Payload ?? new Uint8Array(), orders.length);
};
