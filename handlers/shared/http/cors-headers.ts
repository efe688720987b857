import { CORS_EXPOSED_HEADERS } from '../../../src/private/contract';

/**
 * The CORS headers of a response.
 *
 * @param corsOrigins the environment variable: the origins whose pages may read responses, separated by commas, or `*`. Without it, none may.
 * @param origin      the header `Origin` of the request, which only browsers send.
 */
export function corsHeaders(corsOrigins: string | undefined, origin: string | undefined): Record<string, string> {
  if (!corsOrigins) return {};
  if (corsOrigins === '*') return allowing('*');
  // A cache must not return the response for one origin to another.
  return { Vary: 'Origin', ...(origin !== undefined && corsOrigins.split(',').includes(origin) ? allowing(origin) : {}) };
}

const allowing = (origin: string): Record<string, string> =>
  ({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': CORS_EXPOSED_HEADERS });
