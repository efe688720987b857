/**
 * Writes `assets/bundles.br`: the bundles of all handlers and of the command line in one compressed file, which the package has instead of them. They have
 * most of their code in common: together they take a sixth of what they take one by one. `src/private/bundle-archive.ts` reads it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { COMMAND_LINE } from '../src/private/contract/bundles';

const FOLDER = 'assets/handlers';
const COMMAND = join('bin', COMMAND_LINE);
const ARCHIVE = 'assets/bundles.br';

function writeArchive(): void {
  const handlers = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).sort();
  const files = [...handlers.map((name) => [name.replaceAll('\\', '/'), join(FOLDER, name)]), [COMMAND_LINE, COMMAND]];
  const contents = files.map(([, path]) => readFileSync(path));
  const index = JSON.stringify(files.map(([name], position) => [name, contents[position].length]));
  writeFileSync(ARCHIVE, brotliCompressSync(Buffer.concat([Buffer.from(`${index}\n`), ...contents]), {
    // The window has to hold all bundles. The highest quality takes three times as long for 3 %.
    params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
  }));
}

// The jobs of a release that package for other languages have the files of the npm package, and so the archive, but not the bundles.
if (existsSync(FOLDER) || !existsSync(ARCHIVE)) writeArchive();
