/** Compiles the snippets of the docs, and writes their translations into the guides. */
import { writeFileSync } from 'node:fs';
import { withSnippets } from './snippets/with-snippets';
import { readSnippetDocuments } from './snippets/snippet-documents';

for (const { path, markdown } of withSnippets(readSnippetDocuments())) writeFileSync(path, markdown);
