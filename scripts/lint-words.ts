/**
 * Finds the words of `word-list.ts` in the sources, docs and tests: in prose and in identifiers. It prevents a relapse and does not replace reading.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { WORD_LIST, type ListedWord } from './word-list';

/** A use of a listed word. */
export interface WordUse {
  /** From 1. */
  readonly line: number;
  readonly word: string;
  readonly write: string;
}

/** What is checked, and the files in which the words themselves are listed. */
const CHECKED = ['src', 'handlers', 'cli', 'console', 'demo', 'docs', 'examples', 'scripts', 'test', 'README.md', 'CONTRIBUTING.md', '.projenrc.ts'];
const EXEMPT = ['scripts/word-list.ts', 'test/scripts/lint-words.test.ts', 'docs/glossary.md'];

const PATTERNS = WORD_LIST.map((entry) => ({ ...entry, pattern: new RegExp(`(?<![a-z])(?:${entry.word})(?![a-z])`, 'gi') }));

/** Finds the listed words in a text. `camelCase` and `UPPER_CASE` identifiers count as their words. */
export const findListedWords = (text: string): WordUse[] => text.split('\n').flatMap((line, index) => wordsIn(line).map((use) => ({ line: index + 1, ...use })));

function wordsIn(line: string): Omit<WordUse, 'line'>[] {
  return PATTERNS.flatMap(({ pattern, write, allowed }: ListedWord & { readonly pattern: RegExp }) => {
    const left = inWords(allowed ? line.replace(new RegExp(allowed, 'gi'), '') : line);
    return [...left.matchAll(pattern)].map(([word]) => ({ word, write }));
  });
}

const inWords = (line: string): string => line.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/_/g, ' ');

function main(): void {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...CHECKED], { encoding: 'utf8' }).trim().split('\n')
    .filter((file) => /\.(tsx?|md)$/.test(file) && !EXEMPT.includes(file));
  const uses = files.flatMap((file) => findListedWords(readFileSync(file, 'utf8')).map((use) => ({ file, ...use })));
  for (const { file, line, word, write } of uses) console.error(`${file}:${line}: "${word}"; write: ${write}`);
  if (uses.length > 0) {
    console.error(`${uses.length} uses of listed words; scripts/word-list.ts lists the alternatives and the allowed uses`);
    process.exitCode = 1;
  }
}

if (require.main === module) main();
