import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Problem } from './problem';
import { headerOf } from './request-headers';
import type { FieldError } from '../json/field-error';
import { parseStrictJson } from '../json/strict-json';

const JSON_TYPES = ['application/json'];

/** Media types of a JSON merge patch: its own (RFC 7396), and plain JSON, which this API treats the same. */
export const MERGE_PATCH_TYPES = ['application/merge-patch+json', 'application/json'];

/**
 * Parses the JSON body of a request.
 *
 * @throws Problem 415 when the media type is not one of `mediaTypes` or the body is compressed, 413 when the body exceeds `maxBytes`, and 400 when the body is not
 * valid, unambiguous JSON.
 */
export function jsonBody(event: APIGatewayProxyEvent, maxBytes: number, mediaTypes = JSON_TYPES): unknown {
  const mediaType = headerOf(event, 'content-type')?.split(';')[0].trim().toLowerCase();
  if (!mediaTypes.includes(mediaType ?? '')) {
    throw new Problem(415, 'unsupported-media-type', `the body must be JSON; set the header Content-Type: ${mediaTypes.join(' or ')}`);
  }
  const encoding = headerOf(event, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '') {
    throw new Problem(415, 'unsupported-content-encoding', `the body must not be compressed; send it without Content-Encoding, which is ${printable(encoding)}`);
  }
  const body = bodyText(event, maxBytes);
  const { value, errors } = { value: undefined, ...parseStrictJson(body) };
  if (errors) throw invalidJson(errors);
  return value;
}

/** A header in a message. */
const printable = (value: string): string => value.replace(/[^\w, -]/g, '?').slice(0, 32);

const invalidJson = (errors: readonly FieldError[]) => new Problem(400, 'invalid-json', 'the body is not valid, unambiguous JSON; see errors', errors);

/**
 * Checks the size of a request.
 *
 * @throws Problem 413 when it exceeds the limit.
 */
export function assertSize(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) throw new Problem(413, 'body-too-large', `the body has ${bytes} bytes; the limit is ${maxBytes}`);
}

function bodyText({ body, isBase64Encoded }: APIGatewayProxyEvent, maxBytes: number): string {
  const text = body ?? '';
  const bytes = Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8');
  assertSize(bytes.length, maxBytes);
  // In a body that is not base64, API Gateway has already replaced invalid bytes with U+FFFD, which a client can also send.
  if (!(isBase64Encoded ? isUtf8(bytes) : text.isWellFormed())) throw invalidJson([{ path: '', code: 'INVALID_ENCODING', message: 'the body is not UTF-8' }]);
  // A byte order mark, which the JSON grammar does not allow and some editors write.
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
