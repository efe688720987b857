type Claims = Readonly<Record<string, unknown>>;

/** Whether a token is for one of some audiences: by `aud`, or by `client_id` without it, as in the JWT authorizers of API Gateway. */
export function hasAudience({ aud, client_id: clientId }: Claims, audience: readonly string[]): boolean {
  const given: unknown[] = aud === undefined ? [clientId] : [aud].flat();
  return given.some((each) => typeof each === 'string' && audience.includes(each));
}

/** Whether a token has one of some scopes; without any, every token has. */
export function hasScope({ scope, scp }: Claims, scopes: readonly string[]): boolean {
  if (scopes.length === 0) return true;
  const given = [scope, scp].flatMap((each) => (Array.isArray(each) ? each.map(String) : typeof each === 'string' ? each.split(' ') : []));
  return scopes.some((each) => given.includes(each));
}
