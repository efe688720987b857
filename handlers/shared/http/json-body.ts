import type { APIGatewayProxyEvent } from 'aws-lambda';
import { headerOf } from './http';
import { Problem } from './problem';
import { parseStrictJson } from '../json/strict-json';

const JSON_TYPES = ['application/json'];

/** Media types of a JSON merge patch: its own (RFC 7396), and plain JSON, which means nothing else here. */
export const MERGE_PATCH_TYPES = ['application/merge-patch+json', 'application/json'];

/**
 * The JSON document in a request's body.
 *
 * @throws Problem 415 for another media type, 413 over `maxBytes`, 400 when it is not JSON that means one thing only.
 */
export function jsonBody(event: APIGatewayProxyEvent, maxBytes: number, mediaTypes = JSON_TYPES): unknown {
  const mediaType = headerOf(event, 'content-type')?.split(';')[0].trim().toLowerCase();
  if (!mediaTypes.includes(mediaType ?? '')) {
    throw new Problem(415, 'unsupported-media-type', `send the body as JSON, with the header Content-Type: ${mediaTypes.join(' or ')}`);
  }
  const body = bodyText(event, maxBytes);
  const { value, errors } = { value: undefined, ...parseStrictJson(body) };
  if (errors) throw new Problem(400, 'invalid-json', 'the body is not JSON that can be taken as it is; see errors', errors);
  return value;
}

function bodyText(event: APIGatewayProxyEvent, maxBytes: number): string {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) throw new Problem(413, 'body-too-large', `the body has ${bytes.length} bytes; at most ${maxBytes} are taken`);
  return bytes.toString('utf8');
}
