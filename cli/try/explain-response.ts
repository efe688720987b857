import type { ApiResponse } from './orders-client';

/** How the request was authenticated. */
export interface Credentials {
  /** The ID of the API key of the stack, if it was sent. */
  readonly apiKeyId?: string;
  /** Whether `--header` was given. */
  readonly hasHeaders: boolean;
  /** Whether the order is from `--order`. */
  readonly hasFile: boolean;
}

/** Explains why the API refused a request, and what to do. */
export function explainResponse(response: ApiResponse, given: Credentials): string {
  const { status, statusText, body } = response;
  const detail = [body.detail ?? body.message, ...fieldErrors(body.errors)].filter((line) => typeof line === 'string').join('\n  ');
  return `the API answered ${[status, statusText].join(' ').trim()}${detail && `: ${detail}`}\n${adviceFor(response, given)}`;
}

const fieldErrors = (errors: unknown): string[] =>
  (Array.isArray(errors) ? errors : []).map(({ path, code, message }) => `${path} ${code}: ${message}`);

function adviceFor({ status }: ApiResponse, { apiKeyId, hasHeaders, hasFile }: Credentials): string {
  if (status === 400 || status === 422) return hasFile ? 'Fix the order in the file of --order.' : 'Give an order of this pipeline with --order <file>.';
  if (status === 401) {
    return hasHeaders
      ? 'Check that the credentials of --header are right and have not expired.'
      : "The callers of this pipeline authenticate by other means than an API key: give credentials, such as --header 'Authorization: Bearer …'.";
  }
  if (status === 403) return adviceForForbidden(apiKeyId, hasHeaders);
  if (status === 404) {
    return `Check that the URL is that of the API of an order pipeline, with its stage.${apiKeyId === undefined && !hasHeaders ? UNSIGNED : ''}`;
  }
  return 'Run the command again. If that does not help, the logs of the function receive-order have the reason.';
}

/** A REST API answers an unsigned request to a route with IAM as if it had no such route. */
const UNSIGNED = ' If its routes have IAM authentication, sign the requests with "curl --aws-sigv4": this command does not.';

function adviceForForbidden(apiKeyId: string | undefined, hasHeaders: boolean): string {
  if (apiKeyId === undefined) {
    return hasHeaders
      ? 'Check that the credentials of --header are valid and may place orders.'
      : "Give the credentials of a caller who may place orders, such as --header 'x-api-key: …' or --header 'Authorization: Bearer …'." + UNSIGNED;
  }
  return `Right after a deployment, it can take a minute until API Gateway accepts a new API key: run the command again. Otherwise, check that the key ${apiKeyId} is enabled and in a usage plan of this API, and that no web ACL blocks the request.`;
}
