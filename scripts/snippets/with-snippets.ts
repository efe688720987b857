import type { SnippetDocument } from './snippet-documents';
import { translateSnippets } from './translate-snippets';
import { withTranslations } from './with-translations';

/**
 * Returns the documents with the current translations of their snippets.
 *
 * @throws Error if a snippet does not compile
 */
export function withSnippets(documents: readonly SnippetDocument[]): SnippetDocument[] {
  const translations = translateSnippets(documents);
  return documents.map(({ path, markdown }) => ({ path, markdown: path === 'README.md' ? markdown : withTranslations(markdown, translations) }));
}
