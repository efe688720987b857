import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** The sources of a folder as one text: texts that span lines are joined, and every expression in a template is "…". */
function sourcesOf(folder: string): string {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.map((name) => readFileSync(join(ROOT, folder, name), 'utf8')).join('\n').replace(/['`]\s*\+\s*['`]/g, '').replace(/\\`/g, '`').replace(/\\'/g, '\'');
}

const guide = readFileSync(join(ROOT, 'docs', 'troubleshooting.md'), 'utf8');
const sectionOf = (title: string): string => guide.split(`\n## ${title}\n`)[1].split('\n## ')[0];
const firstCells = (section: string): string[] => section.split('\n').filter((line) => /^\| .+ \|$/.test(line) && !/^\| (error|ID|status)/.test(line)).map((line) => line.split(/ \| /)[0].slice(2));
const quotedIn = (cell: string): string => /^(`+) ?(.*?) ?\1$/.exec(cell)![2];
/** The parts of a quoted error between the values. */
const partsOf = (quoted: string): string[] => quoted.split('…').map((part) => part.trim()).filter((part) => part.length > 3);

const library = sourcesOf('src');
const commands = sourcesOf('cli');
const handlers = sourcesOf('handlers');

const quoted = (source: string, ...titles: string[]): [string, string][] =>
  titles.flatMap((title) => firstCells(sectionOf(title))).map((cell) => [quotedIn(cell), source]);

test.each([
  ...quoted(library, 'At synth: props', 'At synth: edges and limits', 'At synth: order models', 'At synth: warnings'),
  ...quoted(commands, 'The command line'),
])('the quoted error "%s" exists', (text, source) => {
  expect(partsOf(text).filter((part) => !source.includes(part))).toEqual([]);
});

const codesOfApi = [...new Set([
  ...[...handlers.matchAll(/new Problem\(\s*\d+,\s*'([a-z-]+)'/g)].map(([, code]) => code),
  ...[...library.matchAll(/ResponseType\.\w+, \d+, '([a-z-]+)'/g)].map(([, code]) => code),
])].sort();

test('every code of a problem of the API is listed', () => {
  const listed = sectionOf('Responses of the API');
  expect(codesOfApi.length).toBeGreaterThan(30);
  expect(codesOfApi.filter((code) => !listed.includes(`\`${code}\``))).toEqual([]);
});

test('every listed code of a problem exists', () => {
  const listed = firstCells(sectionOf('Responses of the API')).flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code));
  expect(listed.filter((code) => !handlers.includes(`'${code}'`) && !library.includes(`'${code}'`))).toEqual([]);
});

test('every warning at synth is listed', () => {
  const warnings = [...new Set([...library.matchAll(/addWarningV2\(\s*'(cdk-order-pipeline:\w+)'/g)].map(([, id]) => id))];
  expect(warnings.length).toBeGreaterThan(5);
  expect(warnings.filter((id) => !guide.includes(`\`${id}\``))).toEqual([]);
});

test('every failure of a command that is not a usage error is listed', () => {
  const errors = [...commands.matchAll(/throw new Error\((['`])(.*?)\1[,)]/g)].map(([, , text]) => text.replace(/\$\{[^}]*\}/g, '…'));
  expect(errors.length).toBeGreaterThan(10);
  const listed = firstCells(sectionOf('The command line')).map(quotedIn);
  const isListed = (text: string): boolean => listed.map(partsOf).some((parts) => parts.length > 0 && parts.every((part) => text.includes(part)));
  expect(errors.filter((text) => !isListed(text))).toEqual([]);
});
