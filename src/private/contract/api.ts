/** The headers of responses that a page may read besides the few that browsers always permit. */
export const CORS_EXPOSED_HEADERS = 'Allow, ETag, Location, Retry-After, X-Correlation-Id';
