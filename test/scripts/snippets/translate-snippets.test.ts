import { readSnippetDocuments } from '../../../scripts/snippets/snippet-documents';
import { translateSnippets } from '../../../scripts/snippets/translate-snippets';
import { withSnippets } from '../../../scripts/snippets/with-snippets';

const document = (...lines: string[]) => [{ path: 'docs/broken.md', markdown: ['# Title', '', '```ts', ...lines, '```', ''].join('\n') }];

test('every snippet of README, docs/ and docstrings compiles in strict mode, and its translations are current; otherwise run "npm run snippets"', () => {
  const documents = readSnippetDocuments();
  expect(withSnippets(documents)).toEqual(documents);
}, 300_000);

test('fails when a snippet uses a prop that does not exist, with the document, the line and the error of the compiler', () => {
  expect(() => translateSnippets(document('new OrderPipeline(this, \'Orders\', { historyRetentionInDays: 1 });'))).toThrow(
    /docs\/broken\.md, snippet at line 3.*error TS2561: .*'historyRetentionInDays' does not exist in type 'OrderPipelineProps'/,
  );
}, 300_000);

test('fails when a snippet uses what other languages lack', () => {
  expect(() => translateSnippets(document('const options = { history: false };', 'new OrderPipeline(this, \'Orders\', { ...options });')))
    .toThrow(/docs\/broken\.md, snippet at line 3.*SpreadAssignment/);
}, 300_000);
