import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../../../handlers/shared/http/problem';

/** The headers of every answer. The page loads its own files only, and no page embeds or reads it. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/**
 * Checks that a request is one of a page of this server: a page of another site can neither use another name of this address (DNS rebinding) nor send
 * requests from its own origin.
 *
 * @throws Problem 403.
 */
export function assertOwnPage({ host, origin, 'sec-fetch-site': site }: IncomingHttpHeaders, port: number): void {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (host === undefined || !hosts.includes(host.toLowerCase())) throw new Problem(403, 'wrong-host', `the host of the request must be ${hosts.join(' or ')}`);
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) throw new Problem(403, 'other-origin', 'requests of other origins are refused');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Problem(403, 'other-site', 'requests of other sites are refused');
}

/**
 * Checks the token of the run, in constant time.
 *
 * @throws Problem 401.
 */
export function assertToken({ authorization = '' }: IncomingHttpHeaders, token: string): void {
  if (!timingSafeEqual(digest(authorization), digest(`Bearer ${token}`))) {
    throw new Problem(401, 'wrong-token', 'the token of this run of the console is missing or wrong: open the URL that the command printed');
  }
}

/** Digests have the same length, which the comparison requires. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
