import { isUtf8 } from 'node:buffer';
import { isStorable, isStorableNumber, MAX_KEY_LENGTH, MAX_ORDER_DEPTH } from './find-unstorable';
import { hasLongNumber } from './is-plainly-strict';
import { scanJson } from './scan-json';

/** What is counted in a value. */
interface Count {
  texts: number;
  hasZero: boolean;
}

/**
 * Parses JSON in UTF-8 if it is certain that `JSON.parse` loses nothing of it, that every value in it can be stored, and that it has no `null`. This
 * takes a fraction of the time of finding out why not. Returns undefined for all other bytes: parse them with `parseStrictJson`.
 *
 * Every text and key in the bytes has two quotes. They equal the texts and keys of the value, unless a duplicate key was dropped.
 */
export function parsePlainJson(bytes: Buffer): { readonly value: unknown } | undefined {
  const { texts, isAscii, isSuspicious } = scanJson(bytes);
  if (!isAscii && !isUtf8(bytes)) return undefined;
  const text = bytes.toString(isAscii ? 'latin1' : 'utf8');
  const value = parse(text);
  const count: Count = { texts: 0, hasZero: false };
  const isPlain = isPlainValue(value, MAX_ORDER_DEPTH, count) && count.texts === texts && !hasLongNumber(text)
    // `JSON.parse` turns `1e-400` into zero.
    && !(count.hasZero && /\de-/i.test(text)) && !(isSuspicious && !isStorable(value, MAX_ORDER_DEPTH));
  return isPlain ? { value } : undefined;
}

/** Parses JSON. Returns null, which is not plain, for what is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Counts the texts and keys, and returns whether everything but the characters of texts is plain. */
function isPlainValue(value: unknown, depthLeft: number, count: Count): boolean {
  if (typeof value === 'string') {
    count.texts++;
    return true;
  }
  if (typeof value === 'number') {
    if (value === 0) count.hasZero = true;
    return isStorableNumber(value);
  }
  if (typeof value !== 'object') return true;
  if (value === null || depthLeft === 0) return false;
  if (Array.isArray(value)) {
    for (const element of value) if (!isPlainValue(element, depthLeft - 1, count)) return false;
    return true;
  }
  for (const key in value) {
    count.texts++;
    if (key === '' || key.length > MAX_KEY_LENGTH || key === '__proto__') return false;
    if (!isPlainValue((value as Record<string, unknown>)[key], depthLeft - 1, count)) return false;
  }
  return true;
}
