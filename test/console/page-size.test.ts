import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FOLDER = join(__dirname, '..', '..', 'bin', 'console');
const FILES = ['index.html', 'page.js', 'page.css'];
const contentsOf = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/** It has 33 KB; much more is a new dependency. */
const MAX_BYTES = 60_000;

test('the page has at most 60 KB when it is compressed', () => {
  const bytes = FILES.map((name) => gzipSync(contentsOf(name)).length).reduce((sum, size) => sum + size);
  expect(bytes).toBeLessThan(MAX_BYTES);
  expect(bytes).toBeGreaterThan(5000);
});

test('the page refers to its own files only, and has neither inline scripts nor inline styles', () => {
  const html = contentsOf('index.html');
  expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]).sort()).toEqual(['data:,', 'page.css', 'page.js']);
  expect(html).not.toMatch(/<style|style=|<script>|\son\w+=/);
  expect(contentsOf('page.css')).not.toMatch(/@import|url\(/);
  expect(contentsOf('page.js')).not.toMatch(/\beval\(|new Function\(|dangerouslySetInnerHTML=|document\.write/);
});
