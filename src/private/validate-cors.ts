import { Duration, Token } from 'aws-cdk-lib';
import { durationBetween, type ValidationError } from './validate';
import type { ApiCorsOptions } from '../api-cors-options';

const MAX_ORIGINS = 20;
const MAX_HEADERS = 20;

/** Validates `cors`. */
export function validateCors(cors: ApiCorsOptions | undefined): ValidationError[] {
  if (cors === undefined) return [];
  return [
    ...validateOrigins(cors.allowOrigins),
    ...validateHeaders(cors.allowHeaders ?? []),
    durationBetween('cors.maxAge', cors.maxAge, Duration.seconds(0), Duration.days(1)),
  ];
}

function validateOrigins(origins: readonly string[]): ValidationError[] {
  if (Token.isUnresolved(origins)) return ['`cors.allowOrigins` must be a list that is known at synth; its origins may be tokens'];
  if (origins.length === 0 || origins.length > MAX_ORIGINS) return [`\`cors.allowOrigins\` must have 1 to ${MAX_ORIGINS} origins, got ${origins.length}; omit \`cors\` if no page calls the API`];
  return origins.map((origin, index) => {
    if (origins.indexOf(origin) < index) return `\`cors.allowOrigins\` must have each origin once, got ${origin} again`;
    if (origin === '*') return origins.length === 1 ? undefined : '`cors.allowOrigins` must be * alone, or the origins without it';
    return Token.isUnresolved(origin) || isOrigin(origin) ? undefined
      : `\`cors.allowOrigins\` must be origins such as https://shop.example.com, without a path or a slash at the end, got ${JSON.stringify(origin)}`;
  });
}

/** An origin as browsers send it: in lower case, and without the default port. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function validateHeaders(headers: readonly string[]): ValidationError[] {
  if (Token.isUnresolved(headers)) return ['`cors.allowHeaders` must be known at synth'];
  if (headers.length > MAX_HEADERS) return [`\`cors.allowHeaders\` must have at most ${MAX_HEADERS} headers, got ${headers.length}`];
  return headers.map((header) => (/^[A-Za-z0-9-]{1,100}$/.test(header) ? undefined
    : `\`cors.allowHeaders\` must be names of headers such as X-Shop, got ${JSON.stringify(header)}`));
}
