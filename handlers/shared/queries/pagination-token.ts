import { createHmac, timingSafeEqual } from 'node:crypto';
import type * as z from 'zod/mini';

/** Bytes of SHA-256. */
const SIGNATURE_LENGTH = 32;

/**
 * Creates the token for the next page of a list: the signed position at which this page ends. The position is readable. The signature
 * prevents clients from forging a position in the table, or from using the token of another list.
 *
 * @param key      the signing key.
 * @param query    the list and its filters in a canonical form, without the page size.
 * @param position the position at which the page ends; serialized as JSON.
 * @returns base64url, which needs no encoding in a URL.
 */
export function createPaginationToken(key: string, query: string, position: unknown): string {
  const text = JSON.stringify(position);
  return Buffer.concat([signatureOf(key, query, text), Buffer.from(text)]).toString('base64url');
}

/**
 * Verifies a token and returns its position.
 *
 * @returns undefined when the token was not created with this key, for this query, with a position of this shape.
 */
export function readPaginationToken<Schema extends z.ZodMiniType>(
  key: string, query: string, token: string, schema: Schema,
): z.infer<Schema> | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const [signature, text] = [bytes.subarray(0, SIGNATURE_LENGTH), bytes.subarray(SIGNATURE_LENGTH).toString()];
  // Decoding base64url is lenient: other texts decode to the same bytes. Only the original text is valid.
  if (bytes.toString('base64url') !== token || signature.length < SIGNATURE_LENGTH) return undefined;
  if (!timingSafeEqual(signature, signatureOf(key, query, text))) return undefined;
  // An earlier release may have signed positions of another shape.
  return schema.safeParse(JSON.parse(text)).data;
}

/** JSON separates query and position, so that no two pairs have the same text. */
const signatureOf = (key: string, query: string, text: string): Buffer =>
  createHmac('sha256', key).update(JSON.stringify([query, text])).digest();
