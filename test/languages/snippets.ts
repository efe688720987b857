import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, readSnippetDocuments } from '../../scripts/snippets/snippet-documents';

/** A translated snippet of a guide. */
export interface GuideSnippet {
  readonly document: string;
  readonly source: string;
}

/** A variable that snippets use and do not declare. */
export interface Variable {
  readonly name: string;
  readonly type: string;
}

/** The translations in the generated sections of the guides. */
export function snippetsIn(language: 'python' | 'java' | 'go'): GuideSnippet[] {
  const block = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return readSnippetDocuments().flatMap(({ path, markdown }) =>
    [...markdown.matchAll(/<!-- languages -->[\s\S]*?<!-- \/languages -->/g)].flatMap(([section]) =>
      [...section.matchAll(block)].map(([, source]) => ({ document: path, source }))));
}

/** The variables that the fixture declares for snippets. */
export function fixtureVariables(): Variable[] {
  const fixture = readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');
  return [...fixture.matchAll(/^declare const (\w+): (\w+);$/gm)].map(([, name, type]) => ({ name, type }));
}
