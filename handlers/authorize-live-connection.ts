import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { AUTHORIZED_CONTEXT, liveCredentials, readEnv, report, type Authorized, type LiveCredentials } from '#shared';
import { apiKeyFinder } from './aws/api-keys';
import { tokenVerifier, type Claims } from './aws/token-verifier';
import type { LiveAuthentication } from '../src/private/contract';

const env = readEnv('authorize-live-connection');
const authentication = JSON.parse(env.AUTHENTICATION) as LiveAuthentication;
const verifyToken = tokenVerifier(authentication);
const findApiKey = authentication.apiKeyIds && apiKeyFinder(authentication.apiKeyIds);

/** Authorizes connections for live updates: verifies the token, the API key or both, and passes on who the caller is. */
export const handler = async ({ headers, methodArn }: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
  const authorized = await authorize(liveCredentials(headers ?? {}));
  report('live connection authorized', [authorized ? { outcome: 'LiveConnectionAuthorized' } : { outcome: 'LiveConnectionDenied', reason: 'INVALID_CREDENTIALS' }]);
  return {
    principalId: String(authorized?.claims?.sub ?? authorized?.apiKeyId ?? 'anonymous'),
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: authorized ? 'Allow' : 'Deny', Resource: methodArn }] },
    ...(authorized ? { context: { [AUTHORIZED_CONTEXT]: JSON.stringify(authorized) } } : {}),
  };
};

/** Returns who the caller is; undefined without valid credentials of each kind that is required. */
async function authorize({ token, apiKey }: LiveCredentials): Promise<Authorized | undefined> {
  const [claims, apiKeyId] = await Promise.all([
    verifyToken && token !== undefined ? verifyToken(token) : undefined,
    findApiKey && apiKey !== undefined ? findApiKey(apiKey) : undefined,
  ]);
  if ((verifyToken && !claims) || (findApiKey && apiKeyId === undefined)) return undefined;
  return { ...(claims ? ofToken(claims) : {}), ...(apiKeyId === undefined ? {} : { apiKeyId }) };
}

/** The context of an authorizer has at most 8 KB: only the claims that identify callers are in it. */
const ofToken = (claims: Claims): Authorized => ({
  claims: Object.fromEntries(authentication.claims.filter((name) => claims[name] !== undefined).map((name) => [name, claims[name]])),
  ...(typeof claims.exp === 'number' ? { expiresAt: claims.exp } : {}),
});
