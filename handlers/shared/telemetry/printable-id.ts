/** Whether somebody else's id can be kept and told on: 1 to 128 printable characters of ASCII, without spaces. */
export const isPrintableId = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7E]{1,128}$/.test(value);
