/** Longer keys are not field names of an order. Truncating them bounds the size of the response. */
const MAX_STEP_LENGTH = 64;
/** The deepest field of an order needs 30. */
const MAX_POINTER_LENGTH = 256;

/**
 * Formats a path as a JSON Pointer (RFC 6901): `['items', 0, 'sku']` becomes `/items/0/sku`; the empty path becomes ``. It truncates long
 * keys and pointers, and replaces lone surrogates, which some protocols cannot carry, with U+FFFD.
 */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  truncate(path.map((step) => `/${truncate(String(step), MAX_STEP_LENGTH).replace(/~/g, '~0').replace(/\//g, '~1')}`).join(''), MAX_POINTER_LENGTH).toWellFormed();

const truncate = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);
