const COLON = ':';
const [DOT, SLASH, NINE] = ['.', '/', '9'].map((character) => character.charCodeAt(0));

/** A number of fewer digits, and within these bounds, is the same number after `JSON.parse`, whatever it is. */
const DIGITS = 16;
const [SMALLEST, LARGEST] = [1e-300, 1e300];

/**
 * Whether it is plain, at a glance, that nothing was lost when `value` was parsed from `text`: no key given twice, no number
 * changed, no `__proto__`, not too deep. `false` says nothing: the text has to be looked through.
 *
 * Each key of the text has its colon. Those that are not in strings are therefore the keys of the value, unless one was given
 * twice and is missing. It takes a twentieth of the time of looking through, and is right for nearly every order.
 */
export function isPlainlyStrict(text: string, value: unknown, maxDepth: number): boolean {
  // An escape can spell anything, even a colon that would stand in for the missing one.
  return !text.includes('\\u') && !text.includes('__proto__') && !hasLongNumber(text) && colonsBehind(value, text, maxDepth) === countColons(text);
}

/** How many colons the value must have had in its text; NaN when that cannot be told. */
function colonsBehind(value: unknown, text: string, depthLeft: number): number {
  if (typeof value === 'string') return countColons(value);
  if (typeof value === 'number') return isPlainNumber(value, text) ? 0 : NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depthLeft === 0) return NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value) count += colonsBehind(element, text, depthLeft - 1);
  } else {
    for (const key in value) count += 1 + colonsBehind((value as Record<string, unknown>)[key], text, depthLeft - 1);
  }
  return count;
}

function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(COLON); at >= 0; at = text.indexOf(COLON, at + 1)) count++;
  return count;
}

/** A zero may be all that is left of `1e-400`. */
function isPlainNumber(value: number, text: string): boolean {
  const size = Math.abs(value);
  return size === 0 ? !/\de-/i.test(text) : size > SMALLEST && size < LARGEST;
}

/** Whether so many digits and dots follow each other, in a number or elsewhere. One of them stands at a multiple of their number. */
function hasLongNumber(text: string): boolean {
  for (let at = DIGITS - 1; at < text.length; at += DIGITS) {
    if (isNumeric(text, at) && runAround(text, at) >= DIGITS) return true;
  }
  return false;
}

function runAround(text: string, at: number): number {
  let start = at;
  let end = at + 1;
  while (start > 0 && isNumeric(text, start - 1)) start--;
  while (end < text.length && end - start < DIGITS && isNumeric(text, end)) end++;
  return end - start;
}

const isNumeric = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= DOT && code <= NINE && code !== SLASH;
};
