import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { correctGo } from './correct-go';
import { correctJava } from './correct-java';
import { LANGUAGES, type Language, type Translations } from './languages';
import { ROOT, type SnippetDocument } from './snippet-documents';
import { withDocumentNames, writeSnippetPackage } from './snippet-package';

/** What jsii-rosetta made of a snippet. `$` is the language of the source. */
interface TranslatedSnippet {
  readonly translations: Readonly<Record<string, { readonly source: string }>>;
}

const CORRECTIONS: Partial<Record<Language['id'], (source: string) => string>> = { go: correctGo, java: correctJava };

/**
 * Compiles the TypeScript snippets of the documents and of the docstrings of the library, in strict mode, and returns their translations by their source.
 *
 * @throws Error with the messages of the compiler if a snippet does not compile or uses what other languages lack
 */
export function translateSnippets(documents: readonly SnippetDocument[]): Map<string, Translations> {
  const directory = writeSnippetPackage(documents);
  try {
    extract(directory, documents);
    const tablet: { snippets: Record<string, TranslatedSnippet> } = JSON.parse(readFileSync(join(directory, '.jsii.tabl.json'), 'utf8'));
    return new Map(Object.values(tablet.snippets).map(({ translations }) => [sourceKey(translations.$.source), translationsOf(translations)]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Snippets are compared without the white space at their ends. */
export const sourceKey = (source: string): string => source.trim();

function extract(directory: string, documents: readonly SnippetDocument[]): void {
  const rosetta = join(ROOT, 'node_modules', 'jsii-rosetta', 'bin', 'jsii-rosetta');
  const options = ['extract', directory, '--directory', directory, '--compile', '--fail', '--strict', '--batch', '100'];
  const { status, stderr, stdout } = spawnSync(process.execPath, [rosetta, ...options], { encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(withDocumentNames(`${stdout}${stderr}`, documents));
}

const translationsOf = (translations: TranslatedSnippet['translations']): Translations => Object.fromEntries(LANGUAGES.map(({ id }) => {
  const correct = CORRECTIONS[id] ?? ((source) => source);
  return [id, correct(translations[id].source).trim()];
})) as Translations;
