import { safeRegex } from './json-schema-libraries';
import { pointerTo } from './schema-pointer';

/** Finds a pattern that is not valid, or that can take exponential time: one order would block its handler. */
export function patternErrors(pattern: unknown, path: readonly (string | number)[]): string[] {
  if (typeof pattern !== 'string') return [`${pointerTo(path)}: must be text`];
  try {
    // As the compiled schema uses it.
    new RegExp(pattern, 'u');
  } catch (error) {
    return [`${pointerTo(path)}: ${(error as Error).message}`];
  }
  return safeRegex(withoutHarmlessRepetitions(pattern))
    ? []
    : [`${pointerTo(path)}: the pattern can take exponential time; do not repeat what contains a repetition, such as (a+)+`];
}

/** An escape, a class or another character, and a fixed number of it or `?`. */
const REPEATED = /(\\[pPu]\{[^}]*\}|\\k<[^>]*>|\\[^]|\[(?:\\[^]|[^\]\\])*\]|[^])(\{\d+\}|\?)?/gu;

/** Removes the repetitions that offer no choice to backtrack into, which `safe-regex2` counts as well: a fixed number of a character, and an optional group. */
const withoutHarmlessRepetitions = (pattern: string): string => pattern.replace(REPEATED, (all: string, repeated: string, repetition = '') =>
  ((repetition === '?' ? [')', '*', '+', '}'].includes(repeated) : repeated !== ')') ? repeated : all));
