import { Problem } from '../../../handlers/shared/http/problem';
import { errorMessage } from '../../error-message';
import type { ConsoleProblem } from '../console-api';
import { missingPermission } from '../data/missing-permissions';

/** What an error of AWS has. Its message does not contain credentials; those of other errors are not shown. */
const isAwsError = (error: Error): boolean => '$metadata' in error || '$fault' in error || error.name === 'CredentialsProviderError' || 'code' in error;

/** Converts an error to the answer of the server. */
export function toProblem(error: Error): ConsoleProblem {
  if (error instanceof Problem) {
    const errors = error.errors.map(({ path, message }) => ({ path, message }));
    return { status: error.status, title: error.detail, ...(errors.length > 0 ? { errors } : {}) };
  }
  const missing = missingPermission(error);
  if (missing) return { status: 403, title: `You are not allowed to do this: ${missing.action} is missing`, detail: `Allow ${missing.action}${missing.resource ? ` on ${missing.resource}` : ''}, such as with \`pipeline.grantOperate(grantee)\`.` };
  if (/^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature)/.test(error.name)) {
    return { status: 502, title: 'Your AWS credentials are not valid or have expired', detail: 'Sign in again, such as with `aws sso login`, and start the console again.' };
  }
  if (isAwsError(error)) return { status: 502, title: `AWS did not answer as expected: ${withoutKeys(errorMessage(error))}` };
  return { status: 500, title: `the console failed: ${error.name}` };
}

/** IDs of access keys look like this. */
const withoutKeys = (text: string): string => text.replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, '$1…');
