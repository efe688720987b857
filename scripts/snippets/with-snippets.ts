import { withPythonQuickStart, withQuickStarts } from './quick-starts';
import type { SnippetDocument } from './snippet-documents';
import { translateSnippets } from './translate-snippets';
import { withTranslations } from './with-translations';

/**
 * Returns the documents with the current translations of their snippets. README.md has no room for them.
 *
 * @throws Error if a snippet does not compile
 */
export function withSnippets(documents: readonly SnippetDocument[]): SnippetDocument[] {
  const translations = translateSnippets(documents);
  return documents.map(({ path, markdown }) => {
    if (path === 'README.md') return { path, markdown: withPythonQuickStart(markdown) };
    if (path === 'docs/languages.md') return { path, markdown: withQuickStarts(markdown) };
    return { path, markdown: withTranslations(markdown, translations) };
  });
}
