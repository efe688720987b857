import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './snippet-documents';
import { translateSnippets } from './translate-snippets';
import { withGeneratedSection } from '../generated-section';

/** The apps of `npm run test:languages`, by the name of their section. */
const APPS = { typescript: 'typescript/shop.ts', python: 'python/shop.py', java: 'java/src/main/java/com/example/Shop.java', go: 'go/shop/main.go' } as const;

/** Other names of languages in fences: snippets in TypeScript are compiled, here without the surroundings of other snippets. */
const FENCES: Readonly<Record<string, string>> = { typescript: 'ts nofixture' };

const sourceOf = (app: keyof typeof APPS): string => readFileSync(join(ROOT, 'test', 'languages', APPS[app]), 'utf8').trim();
const fenced = (language: string, source: string): string => `\`\`\`${FENCES[language] ?? language}\n${source}\n\`\`\``;

/** Returns docs/languages.md with the quick start in every language: tested apps, and a translation into C#. */
export function withQuickStarts(markdown: string): string {
  const apps = Object.keys(APPS) as (keyof typeof APPS)[];
  const document = apps.reduce((text, app) => withGeneratedSection(text, app, fenced(app, sourceOf(app))), markdown);
  const [translated] = translateSnippets([{ path: 'docs/languages.md', markdown: fenced('typescript', sourceOf('typescript')) }]).values();
  return withGeneratedSection(document, 'csharp', fenced('csharp', translated.csharp));
}

/** Returns the README with the quick start in Python. */
export const withPythonQuickStart = (markdown: string): string => withGeneratedSection(markdown, 'python', fenced('python', sourceOf('python')));
