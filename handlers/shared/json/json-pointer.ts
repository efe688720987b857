/** A key longer than this is nobody's field name; it is cut, so that an answer cannot be blown up by what it answers. */
const MAX_STEP_LENGTH = 64;
/** The deepest field of an order needs 30. */
const MAX_POINTER_LENGTH = 256;

/**
 * A place in a document as a JSON Pointer (RFC 6901): `['items', 0, 'sku']` is `/items/0/sku`, the document itself is ``. What is
 * too long is cut, and half a surrogate pair, which not every protocol can carry, becomes U+FFFD.
 */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  cut(path.map((step) => `/${cut(String(step), MAX_STEP_LENGTH).replace(/~/g, '~0').replace(/\//g, '~1')}`).join(''), MAX_POINTER_LENGTH).toWellFormed();

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);
