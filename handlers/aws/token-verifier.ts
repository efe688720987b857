import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import { JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { hasAudience, hasScope, localAwsEndpoint } from '#shared';
import type { LiveAuthentication } from '../../src/private/contract';

/** The claims of a valid token. */
export type Claims = Readonly<Record<string, unknown>>;

/** Verifies a token. Returns undefined for one that is not valid. */
export type VerifyToken = (token: string) => Promise<Claims | undefined>;

const TIMEOUT_MS = 3000;

/** Fetches the keys of an issuer. On a local AWS, they are where all of its services are. */
async function fetchBytes(uri: string): Promise<ArrayBuffer> {
  const localAws = localAwsEndpoint();
  const { hostname, pathname } = new URL(uri);
  const address = localAws && hostname.startsWith('cognito-idp.') ? `${localAws}${pathname}` : uri;
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`${hostname} answered with ${response.status}`);
  return response.arrayBuffer();
}

const jwksCache = new SimpleJwksCache({ fetcher: { fetch: fetchBytes } });

/** Makes the function that verifies the tokens of user pools or of an issuer. Undefined if tokens are not accepted. */
export function tokenVerifier({ userPools, issuer, audience = [], scopes = [] }: LiveAuthentication): VerifyToken | undefined {
  if (userPools) {
    const verifier = CognitoJwtVerifier.create(
      userPools.map(({ userPoolId, clientIds }) => ({ userPoolId, clientId: clientIds ? [...clientIds] : null, tokenUse: null })), { jwksCache },
    );
    return withClaims((token) => verifier.verify(token), (claims) => hasScope(claims, scopes));
  }
  if (issuer === undefined) return undefined;
  let verifier: Promise<{ verify(token: string): Promise<Claims> }> | undefined;
  const verify = async (token: string): Promise<Claims> => {
    verifier ??= discover(issuer);
    // The next token tries again.
    verifier.catch(() => (verifier = undefined));
    return (await verifier).verify(token);
  };
  return withClaims(verify, (claims) => hasAudience(claims, audience) && hasScope(claims, scopes));
}

/** An issuer publishes the address of its keys. */
async function discover(issuer: string): Promise<{ verify(token: string): Promise<Claims> }> {
  const configuration = await fetchBytes(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { jwks_uri: jwksUri } = JSON.parse(Buffer.from(configuration).toString()) as { readonly jwks_uri: string };
  const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri }, { jwksCache });
  return { verify: (token) => verifier.verify(token) };
}

/** A token that is not valid has an error of the library. All others may pass, such as that of keys that cannot be fetched. */
const withClaims = (verify: (token: string) => Promise<Claims>, isAccepted: (claims: Claims) => boolean): VerifyToken => async (token) => {
  try {
    const claims = await verify(token);
    return isAccepted(claims) ? claims : undefined;
  } catch (error) {
    if (error instanceof JwtBaseError && !error.name.includes('Fetch')) return undefined;
    throw error;
  }
};
