import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Problem } from './problem';
import { headerOf } from './request-headers';
import { parseStrictJson } from '../json/strict-json';

const JSON_TYPES = ['application/json'];

/** Media types of a JSON merge patch: its own (RFC 7396), and plain JSON, which this API treats the same. */
export const MERGE_PATCH_TYPES = ['application/merge-patch+json', 'application/json'];

/**
 * Parses the JSON body of a request.
 *
 * @throws Problem 415 when the media type is not one of `mediaTypes`, 413 when the body exceeds `maxBytes`, and 400 when the body is not
 * valid, unambiguous JSON.
 */
export function jsonBody(event: APIGatewayProxyEvent, maxBytes: number, mediaTypes = JSON_TYPES): unknown {
  const mediaType = headerOf(event, 'content-type')?.split(';')[0].trim().toLowerCase();
  if (!mediaTypes.includes(mediaType ?? '')) {
    throw new Problem(415, 'unsupported-media-type', `the body must be JSON; set the header Content-Type: ${mediaTypes.join(' or ')}`);
  }
  const body = bodyText(event, maxBytes);
  const { value, errors } = { value: undefined, ...parseStrictJson(body) };
  if (errors) throw new Problem(400, 'invalid-json', 'the body is not valid, unambiguous JSON; see errors', errors);
  return value;
}

function bodyText(event: APIGatewayProxyEvent, maxBytes: number): string {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) throw new Problem(413, 'body-too-large', `the body has ${bytes.length} bytes; the limit is ${maxBytes}`);
  return bytes.toString('utf8');
}
