/**
 * Writes `assets/handlers.br`: the bundles of all handlers in one compressed file, which the package has instead of them. They have most of their code in
 * common: together they take a sixth of what they take one by one. `src/private/handler-archive.ts` reads it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const FOLDER = 'assets/handlers';
const ARCHIVE = 'assets/handlers.br';

function writeArchive(): void {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).sort();
  const contents = files.map((name) => readFileSync(join(FOLDER, name)));
  const index = JSON.stringify(files.map((name, position) => [name.replaceAll('\\', '/'), contents[position].length]));
  writeFileSync(ARCHIVE, brotliCompressSync(Buffer.concat([Buffer.from(`${index}\n`), ...contents]), {
    // The window has to hold all bundles. The highest quality takes three times as long for 3 %.
    params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
  }));
}

// The jobs of a release that package for other languages have the files of the npm package, and so the archive, but not the bundles.
if (existsSync(FOLDER) || !existsSync(ARCHIVE)) writeArchive();
