import { OrderFileError } from './order-file-error';
import type { OrderFileLocation } from './order-file-position';
import { findInvalidByte } from './utf8';

/** Parses a key or value that is not an order, to validate it. Returns its value, or the error. */
export function parseMember(bytes: Buffer, location: OrderFileLocation): { readonly value: unknown } | OrderFileError {
  const invalid = findInvalidByte(bytes, location);
  if (invalid) return new OrderFileError('NOT_UTF8', `the file is not UTF-8: byte ${invalid.hex} in a key or value${invalid.hint}`, invalid);
  try {
    return { value: JSON.parse(bytes.toString()) as unknown };
  } catch {
    return new OrderFileError('INVALID_JSON', 'the file is not JSON: syntax error in the key or value that starts here', location);
  }
}
