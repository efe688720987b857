import type { OrderAuthentication } from '../../order-authentication';
import type { SchemeKind } from '../api/authentication-scheme';
import { validateAuthentication } from '../api/validate-api';
import type { CallerOptions } from '../callers/caller-options';
import { validateCallers } from '../callers/validate-callers';
import type { ValidationError } from '../validate';

const ALTERNATIVE = 'use OrderAuthentication.cognito, oidc, iam, lambda or apiKey';

/** What a WebSocket API does not have, and what to do instead. */
const REFUSED: Partial<Record<SchemeKind, string>> = {
  restAuthorizer: `a WebSocket API has other authorizers than a REST API; ${ALTERNATIVE}`,
  httpAuthorizer: `a WebSocket API has other authorizers than an HTTP API; ${ALTERNATIVE}`,
};

/**
 * Validates the authentication of connections. That of the API is validated with the API.
 *
 * @param own whether it is an option of live updates.
 */
export function validateLiveAuthentication(authentication: OrderAuthentication, callers: CallerOptions, own: boolean): ValidationError[] {
  const { _scheme: scheme, _apiKeyRequired: hasKey } = authentication;
  const [subject, advice] = own ? ['`liveUpdates.authentication`', ''] : ['The authentication of the API', '; set `liveUpdates.authentication`'];
  const refusal = REFUSED[scheme.kind];
  if (refusal) return [`${subject} cannot authenticate live updates: ${refusal}${advice}`];
  return [
    scheme.kind === 'lambda' && scheme.simpleResponses
      ? `${subject} cannot authenticate live updates: the Lambda authorizers of a WebSocket API return IAM policies, not \`simpleResponses\`${advice}` : undefined,
    hasKey && (scheme.kind === 'lambda' || scheme.kind === 'iam')
      ? `${subject} cannot authenticate live updates: API keys are verified together with a JWT or alone, not with ${scheme.kind}${advice}` : undefined,
    ...(own ? [...validateOwn(authentication), ...validateCallers({ ...callers, authentication })] : []),
  ];
}

/** The rules of the schemes are those of an HTTP API for JWTs of an issuer, and those of a REST API for the others. */
const validateOwn = (authentication: OrderAuthentication): ValidationError[] => {
  const { kind } = authentication._scheme;
  const hasClients = authentication._scheme.kind === 'cognito' && authentication._scheme.userPoolClients !== undefined;
  return validateAuthentication('liveUpdates.authentication', authentication, kind === 'oidc' || hasClients ? 'http' : 'rest');
};
