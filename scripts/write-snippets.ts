/** Compiles the snippets of the docs, and writes their translations into the guides. */
import { writeFileSync } from 'node:fs';
import { readSnippetDocuments } from './snippets/snippet-documents';
import { withSnippets } from './snippets/with-snippets';

for (const { path, markdown } of withSnippets(readSnippetDocuments())) writeFileSync(path, markdown);
