/** A key longer than this is nobody's field name; it is cut, so that an answer cannot be blown up by what it answers. */
const MAX_STEP_LENGTH = 64;

/** A place in a document as a JSON Pointer (RFC 6901): `['items', 0, 'sku']` is `/items/0/sku`, the document itself is ``. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${cut(String(step)).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

const cut = (step: string): string => (step.length > MAX_STEP_LENGTH ? `${step.slice(0, MAX_STEP_LENGTH)}…` : step);
