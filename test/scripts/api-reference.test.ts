import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiReference } from '../../scripts/api-reference/api-reference';
import { apiTypes } from '../../scripts/api-reference/api-types';

const FOLDER = join(__dirname, '..', '..', 'docs', 'api');
const files = apiReference();

test('docs/api is current; otherwise run "npm run docgen"', () => {
  const written = readdirSync(FOLDER).sort().map((name) => ({ name, markdown: readFileSync(join(FOLDER, name), 'utf8') }));
  expect(written).toEqual([...files].sort((one, other) => (one.name < other.name ? -1 : 1)));
});

test('every type of the API is on exactly one page, except structs that others extend, whose props are listed there; every class has a page of its own', () => {
  const headings = files.filter(({ name }) => name !== 'README.md').flatMap(({ markdown }) => [...markdown.matchAll(/^##? (\w+)$/gm)].map(([, type]) => type));
  const types = [...apiTypes().values()];
  const extended = new Set(types.flatMap(({ interfaces = [] }) => interfaces));
  const listed = types.filter(({ fqn, name }) => headings.includes(name) || !extended.has(fqn));
  expect(headings.sort()).toEqual(listed.map(({ name }) => name).sort());
  const classes = [...apiTypes().values()].filter(({ kind }) => kind === 'class').map(({ name }) => name);
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(classes.map((name) => `${name}.md`)));
});

test('the page of a construct has its props with types, defaults and descriptions', () => {
  const { markdown } = files.find(({ name }) => name === 'OrderPipeline.md')!;
  expect(markdown).toMatch(/^\| `historyRetention` \| `Duration` \| Duration\.days\(400\) \| .+ \|$/m);
});
