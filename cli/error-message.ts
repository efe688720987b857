/** The codes of a connection that was not established. */
const UNREACHABLE = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Returns the message of an error, with what to do about the configuration of AWS. SDK errors without a message have only a name. */
export function errorMessage(error: Error & { readonly code?: string }): string {
  const { name, message, code } = error;
  const text = message && message !== 'UnknownError' ? message : code ?? name;
  if (name === 'CredentialsProviderError') return `no credentials of AWS: ${text}; configure them, such as with "aws configure" or "aws sso login", or give a profile with --profile`;
  if (message === 'Region is missing') return 'no AWS region: give one with --region, or configure one, such as with AWS_REGION';
  if (code !== undefined && UNREACHABLE.includes(code)) return `AWS is not reachable: ${text}; check the network, --region and AWS_ENDPOINT_URL`;
  return text;
}
