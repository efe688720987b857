import { NEWLINE } from './json-bytes';
import { OrderFileError } from './order-file-error';
import type { RawOrder } from './order-file-part';
import type { OrderFileFormat, OrderFileLocation } from './order-file-position';
import { findInvalidByte } from './utf8';
import { parsePlainJson } from '../json/parse-plain-json';
import { parseStrictJson, type StrictJson } from '../json/strict-json';
import type { ValueHash } from '../json/value-hash';

/** The value of an order, or its errors. */
export type ParsedOrder = StrictJson & {
  /** Whether it is certain that the value can be stored and has no `null`. It is then hashed. */
  readonly isPlain?: boolean;
};

/**
 * Parses an order of a file as strict JSON, and returns its value or its errors. A plain value is hashed with `hash`.
 *
 * @throws OrderFileError when an order in an array or object is not JSON, because then the whole document is not. In NDJSON, only the line is
 * invalid.
 */
export function parseRawOrder(raw: RawOrder, format: OrderFileFormat, hash: ValueHash): ParsedOrder {
  if (raw.errors) return { errors: [...raw.errors] };
  const plain = parsePlainJson(raw.bytes, hash);
  return plain ? { value: plain.value, isPlain: true } : parseAnyOrder(raw, format);
}

function parseAnyOrder(raw: RawOrder, format: OrderFileFormat): StrictJson {
  const invalid = findInvalidByte(raw.bytes, raw);
  if (invalid) {
    const { hex, offset, line, hint } = invalid;
    return { errors: [{ path: '', code: 'INVALID_ENCODING', message: `the order is not UTF-8: byte ${offset} of the file (line ${line}) is ${hex}${hint}` }] };
  }
  const text = raw.bytes.toString();
  const parsed = parseStrictJson(text, 'order');
  if (parsed.errors?.[0].code !== 'INVALID_JSON') return parsed;
  const location = locateSyntaxError(text, raw);
  if (format !== 'ndjson') {
    throw new OrderFileError('INVALID_JSON', `the file is not JSON: syntax error in order ${raw.index}, which starts at byte ${raw.offset}`, location);
  }
  return { errors: [{ path: '', code: 'INVALID_JSON', message: `the line is not JSON: error at byte ${location.offset} of the file` }] };
}

/** Returns the location of the syntax error if V8 reports it, or else the start of the order. */
function locateSyntaxError(text: string, { offset, line }: OrderFileLocation): OrderFileLocation {
  try {
    JSON.parse(text);
  } catch (error) {
    const position = Number(/at position (\d+)/.exec(String(error))?.[1] ?? 0);
    const before = Buffer.from(text.slice(0, position));
    return { offset: offset + before.length, line: line + before.filter((byte) => byte === NEWLINE).length };
  }
  return { offset, line };
}
