/** Removes comments that jsii-rosetta repeats. */
export const withoutRepeatedComments = (source: string): string => source.replace(/^([ \t]*(?:\/\/|#) .*)\n(?:\1\n)+/gm, '$1\n');

/** Changes the code of a source without its strings and comments. */
export const changeCode = (source: string, change: (code: string) => string): string =>
  source.split(/("(?:[^"\\]|\\.)*"|\/\/.*)/).map((part, index) => (index % 2 === 0 ? change(part) : part)).join('');

export const capitalize = (word: string): string => `${word[0].toUpperCase()}${word.slice(1)}`;
export const decapitalize = (word: string): string => `${word[0].toLowerCase()}${word.slice(1)}`;
