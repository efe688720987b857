import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { BundleArchive } from '../../../src/private/bundle-archive';

/** Writes an archive with two handlers, one of which has two files. Returns its path and a folder to extract to. */
function archive(): { path: string; outdir: string } {
  const outdir = mkdtempSync(join(tmpdir(), 'archive-'));
  const files = { 'receive-order/index.js': 'receive()', 'receive-order/small.js': '"€"', 'receive-order-change/index.js': 'change()' };
  const index = JSON.stringify(Object.entries(files).map(([name, content]) => [name, Buffer.byteLength(content)]));
  const path = join(outdir, 'bundles.br');
  writeFileSync(path, brotliCompressSync(`${index}\n${Object.values(files).join('')}`));
  return { path, outdir };
}

test('the files of a handler are written to a folder of their own', () => {
  const { path, outdir } = archive();
  const folder = BundleArchive.open(path).extract('receive-order', outdir);
  expect(folder.endsWith('/receive-order')).toBe(true);
  expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe('receive()');
  expect(readFileSync(join(folder, 'small.js'), 'utf8')).toBe('"€"');
});

test('a file of an earlier synth that was cut is written again', () => {
  const { path, outdir } = archive();
  const folder = BundleArchive.open(path).extract('receive-order-change', outdir);
  writeFileSync(join(folder, 'index.js'), 'ch');
  BundleArchive.open(path).extract('receive-order-change', outdir);
  expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe('change()');
});

test('fails when the archive has no such handler', () => {
  const { path, outdir } = archive();
  expect(() => BundleArchive.open(path).extract('receive', outdir)).toThrow('the package has no bundle of receive; install it again');
});

test('a file is read by its name, and fails when the archive does not have it', () => {
  const { path } = archive();
  expect(BundleArchive.open(path).read('receive-order/small.js').toString()).toBe('"€"');
  expect(() => BundleArchive.open(path).read('receive-order')).toThrow('the package has no bundle receive-order; install it again');
});
