import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../../handlers/shared/http/problem';

/** The files of the page, by the path of the request. A path is looked up and never becomes one of the file system. */
const FILES: Readonly<Record<string, readonly [name: string, type: string] | undefined>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
};

/** A file of the page. */
export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
}

/**
 * Reads a file of the page.
 *
 * @throws Problem 404.
 */
export async function readStaticFile(folder: string, path: string): Promise<StaticFile> {
  const file = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  if (!file) throw new Problem(404, 'not-found', 'there is no such page');
  const [name, type] = file;
  const body = await readFile(join(folder, name)).catch(() => {
    throw new Problem(404, 'not-built', 'the page of the console is not built: run npm run bundle');
  });
  return { type, body };
}
