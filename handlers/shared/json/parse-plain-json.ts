import { isUtf8 } from 'node:buffer';
import { isStorable, MAX_ORDER_DEPTH } from './find-unstorable';
import { hasLongNumber } from './is-plainly-strict';
import { scanJson } from './scan-json';
import type { ValueHash } from './value-hash';

/** The first byte of U+FFFE and U+FFFF, and of other characters. */
const FIRST_OF_NONCHARACTER = 0xef;

/**
 * Parses JSON in UTF-8 if it is certain that `JSON.parse` loses nothing of it, that every value in it can be stored, and that it has no `null`, and
 * hashes the value. This takes a fraction of the time of finding out why not. Returns undefined for all other bytes: parse them with
 * `parseStrictJson`.
 *
 * Every text and key in the bytes has two quotes. They equal the texts and keys of the value, unless a duplicate key was dropped.
 */
export function parsePlainJson(bytes: Buffer, hash: ValueHash): { readonly value: unknown } | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString();
  const value = parse(text);
  hash.hash(value);
  const { texts, hasEscapes } = scanJson(bytes);
  if (!hash.isPlain || hash.texts !== texts || hasLongNumber(text)) return undefined;
  // `JSON.parse` turns `1e-400` into zero.
  if (hash.hasZero && /\de-/i.test(text)) return undefined;
  const isSuspicious = hasEscapes || (text.length < bytes.length && bytes.includes(FIRST_OF_NONCHARACTER));
  return isSuspicious && !isStorable(value, MAX_ORDER_DEPTH) ? undefined : { value };
}

/** Parses JSON. Returns null, which is not plain, for what is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
