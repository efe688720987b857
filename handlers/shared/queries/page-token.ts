import { createHmac, timingSafeEqual } from 'node:crypto';
import type * as z from 'zod/mini';

/** Bytes of SHA-256. */
const SIGNATURE_LENGTH = 32;

/**
 * The token that asks for the next page of a list: where this page ends, signed. It hides nothing; the signature keeps clients from
 * making up a place in the table to go on from, or taking the place of one list to another.
 *
 * @param key      what tokens are signed with.
 * @param query    which list it belongs to and everything that chooses its entries, in one spelling; not how many fit on a page.
 * @param position where the page ends; travels as JSON.
 * @returns base64url, which can stand in an address as it is.
 */
export function writeToken(key: string, query: string, position: unknown): string {
  const text = JSON.stringify(position);
  return Buffer.concat([signatureOf(key, query, text), Buffer.from(text)]).toString('base64url');
}

/**
 * Reads a token.
 *
 * @returns the position; undefined when this pipeline did not write the token, for this query, with a position of this shape.
 */
export function readToken<Schema extends z.ZodMiniType>(key: string, query: string, token: string, schema: Schema): z.infer<Schema> | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const [signature, text] = [bytes.subarray(0, SIGNATURE_LENGTH), bytes.subarray(SIGNATURE_LENGTH).toString()];
  // Base64url is read leniently: other texts lead to the same bytes, and only the one that was written is ours.
  if (bytes.toString('base64url') !== token || signature.length < SIGNATURE_LENGTH) return undefined;
  if (!timingSafeEqual(signature, signatureOf(key, query, text))) return undefined;
  // A release before this one may have signed positions of another shape.
  return schema.safeParse(JSON.parse(text)).data;
}

/** Query and position are framed as JSON, so that no two pairs can run together. */
const signatureOf = (key: string, query: string, text: string): Buffer =>
  createHmac('sha256', key).update(JSON.stringify([query, text])).digest();
