/** Returns whether a value of JSON is an object: neither an array nor null. */
export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
