import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Markdown document with snippets. */
export interface SnippetDocument {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly markdown: string;
}

export const ROOT = join(__dirname, '..', '..');

/** Reads README.md and the guides. */
export function readSnippetDocuments(): SnippetDocument[] {
  const guides = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).sort().map((name) => `docs/${name}`);
  return ['README.md', ...guides].map((path) => ({ path, markdown: readFileSync(join(ROOT, path), 'utf8') }));
}
