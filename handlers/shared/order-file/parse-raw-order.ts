import { isUtf8 } from 'node:buffer';
import { NEWLINE } from './json-bytes';
import { OrderFileError } from './order-file-error';
import type { OrderFileFormat, OrderFilePlace } from './order-file-position';
import type { RawOrder } from './raw-order';
import { parseStrictJson, type StrictJson } from '../json/strict-json';

/**
 * Parses an order of a file strictly: its value, or its errors.
 *
 * @throws OrderFileError when it is no JSON and stands within a document, which is then none either; a line is on its own.
 */
export function parseRawOrder(raw: RawOrder, format: OrderFileFormat): StrictJson {
  if (raw.error) return { errors: [raw.error] };
  if (!isUtf8(raw.bytes)) return { errors: [{ path: '', code: 'INVALID_ENCODING', message: 'the order is not UTF-8' }] };
  const text = raw.bytes.toString();
  const parsed = parseStrictJson(text, 'order');
  if (parsed.errors?.[0].code !== 'INVALID_JSON') return parsed;
  const place = whereJsonEnds(text, raw);
  if (format !== 'ndjson') throw new OrderFileError('INVALID_JSON', `the file is not JSON: order ${raw.index}, which begins at byte ${raw.offset}, is none`, place);
  return { errors: [{ path: '', code: 'INVALID_JSON', message: `the line is not JSON: error at byte ${place.offset} of the file` }] };
}

/** Where it stops being JSON as far as V8 tells, or else where the order begins. */
function whereJsonEnds(text: string, { offset, line }: OrderFilePlace): OrderFilePlace {
  try {
    JSON.parse(text);
  } catch (error) {
    const position = Number(/at position (\d+)/.exec(String(error))?.[1] ?? 0);
    const before = Buffer.from(text.slice(0, position));
    return { offset: offset + before.length, line: line + before.filter((byte) => byte === NEWLINE).length };
  }
  return { offset, line };
}
