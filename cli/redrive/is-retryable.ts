import { FunctionFailed } from '../function-failed';

const CONNECTION_ERRORS = ['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'];

type AwsError = Error & { readonly code?: string; readonly $metadata?: { readonly httpStatusCode?: number } };

/** Whether an invocation failed without a response, so that the function may still be running. */
export function isConnectionError({ name, code = '', $metadata }: AwsError): boolean {
  if ($metadata?.httpStatusCode !== undefined) return false;
  return name === 'AbortError' || name === 'TimeoutError' || CONNECTION_ERRORS.includes(code);
}

/** Whether an invocation that failed can succeed when it is repeated: it timed out, was throttled or lost its connection. */
export function isRetryable(error: AwsError): boolean {
  if (error instanceof FunctionFailed) return !error.message.startsWith('invalid request');
  const { httpStatusCode = 0 } = error.$metadata ?? {};
  return isConnectionError(error) || httpStatusCode === 429 || httpStatusCode >= 500;
}
