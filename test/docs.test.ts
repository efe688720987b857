import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ALARM_KINDS } from '../src/private/monitoring/alarm-kinds';

const ROOT = join(__dirname, '..');
const read = (path: string): string => readFileSync(path, 'utf8');
const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending)).map((name) => join(ROOT, folder, name)).sort();

const documents = [join(ROOT, 'README.md'), join(ROOT, 'CONTRIBUTING.md'), ...filesUnder('docs', '.md')];
const nameOf = (path: string): string => relative(ROOT, path);

const withoutCode = (markdown: string): string => markdown.replace(/^ *```[\s\S]*?^ *```/gm, '');

/** The anchors that GitHub makes for headings, and explicit ones. */
function anchorsOf(path: string): string[] {
  const markdown = withoutCode(read(path));
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-'));
  return [...headings, ...[...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id)];
}

/** The targets of relative links and pictures. */
const linksOf = (path: string): string[] =>
  [...withoutCode(read(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target).filter((target) => !/^[a-z]+:/.test(target));

function isBroken(path: string, link: string): boolean {
  const [file, anchor] = link.split('#');
  const target = file ? resolve(dirname(path), file) : path;
  return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
}

test.each(documents.map((path) => [nameOf(path), path]))('every relative link and anchor in %s resolves', (_, path) => {
  expect(linksOf(path).filter((link) => isBroken(path, link))).toEqual([]);
});

test('every document in docs/ is linked from the README, or from a document that is', () => {
  const reached = new Set<string>([join(ROOT, 'README.md')]);
  for (const path of reached) {
    const targets = linksOf(path).map((link) => resolve(dirname(path), link.split('#')[0])).filter((target) => target.endsWith('.md') && existsSync(target));
    for (const target of targets) reached.add(target);
  }
  expect(documents.filter((path) => !reached.has(path)).map(nameOf)).toEqual([]);
});

describe('the runbook', () => {
  const runbook = join(ROOT, 'docs', 'runbook.md');

  test.each(ALARM_KINDS)('has an entry for %s', (kind) => {
    expect(anchorsOf(runbook)).toContain(kind.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`));
  });

  test.each(ALARM_KINDS)('explains what happened, what it means for orders and what to do for %s', (kind) => {
    const heading = `## ${kind.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}\n`;
    const entry = read(runbook).split(heading)[1]?.split('\n## ')[0];
    for (const part of ['**What happened.**', '**What it means for orders.**', '**What to do.**']) expect(entry).toContain(part);
  });
});

test('every test that docs/failure-modes.md names exists', () => {
  const tests = new Set(filesUnder('test', '.test.ts').map((path) => path.split('/').at(-1)));
  const named = [...read(join(ROOT, 'docs', 'failure-modes.md')).matchAll(/`([\w.-]+\.test\.ts)`/g)].map(([, name]) => name);
  expect(named.filter((name) => !tests.has(name))).toEqual([]);
});

test.each([['README.md', 200], ['CONTRIBUTING.md', 120]])('%s has at most %d lines', (name, limit) => {
  expect(read(join(ROOT, name)).trimEnd().split('\n').length).toBeLessThanOrEqual(limit);
});
