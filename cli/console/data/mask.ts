/** What replaces a value that is not shown. */
export const MASK = '•••';

/** Masks the strings and numbers of a value at any depth. Its structure stays visible. */
export function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value === 'object' && value !== null) return mapFields(value, (_, field) => mask(field));
  return typeof value === 'string' || typeof value === 'number' ? MASK : value;
}

/** The fields of the data of an event that have no contents of an order. */
const SHOWN_DATA = new Set(['code', 'status', 'messages', 'queues', 'requestedBy', 'reader', 'workflow', 'step', 'execution', 'version']);

/** Masks the data of an event, except fields such as the code of a rejection and the paths of errors. */
export function maskData(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return mask(data);
  return mapFields(data, (name, field) => {
    if (name === 'errors' && Array.isArray(field)) return field.map(maskError);
    return SHOWN_DATA.has(name) ? field : mask(field);
  });
}

const maskError = (error: unknown): unknown =>
  (typeof error === 'object' && error !== null ? mapFields(error, (name, field) => (name === 'path' || name === 'code' ? field : mask(field))) : mask(error));

/** `fromEntries` defines each key. An assignment of the key `__proto__` would replace the prototype instead. */
const mapFields = (value: object, convert: (name: string, field: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, field]) => [name, convert(name, field)]));
