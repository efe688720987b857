import { LANGUAGES, type Translations } from './languages';
import { sourceKey } from './translate-snippets';

const BEGIN = '<!-- languages -->';
const END = '<!-- /languages -->';
const GENERATED = new RegExp(`\\n*${BEGIN}[\\s\\S]*?${END}`, 'g');
const SNIPPET = /^```ts\n([\s\S]*?)^```$/gm;

/**
 * Returns a guide with the translations of its TypeScript snippets: a collapsed section after each.
 *
 * @throws Error if a snippet has no translation
 */
export function withTranslations(markdown: string, translations: ReadonlyMap<string, Translations>): string {
  return markdown.replaceAll(GENERATED, '').replaceAll(SNIPPET, (snippet, source: string) => {
    const translated = translations.get(sourceKey(source));
    if (!translated) throw new Error(`The snippet has no translation:\n${source}`);
    return `${snippet}\n\n${sectionOf(translated)}`;
  });
}

function sectionOf(translations: Translations): string {
  const blocks = LANGUAGES.map(({ id }) => `\`\`\`${id}\n${translations[id]}\n\`\`\``);
  return [BEGIN, '<details>', `<summary>${LANGUAGES.map(({ name }) => name).join(', ')}</summary>`, '', blocks.join('\n\n'), '', '</details>', END].join('\n');
}
