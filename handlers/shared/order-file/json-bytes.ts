/** Punctuation of JSON. */
export const NEWLINE = 0x0a;
export const QUOTE = 0x22;
export const OPEN_BRACKET = 0x5b;
export const OPEN_BRACE = 0x7b;

/** Returns whether the byte is JSON white space: space, tab, line feed or carriage return. */
export const isWhitespace = (byte: number): boolean => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

const VALUE_STARTS = new Set(Buffer.from('{["-0123456789tfn'));

/** Returns whether a JSON value can start with the byte. */
export const startsValue = (byte: number): boolean => VALUE_STARTS.has(byte);
